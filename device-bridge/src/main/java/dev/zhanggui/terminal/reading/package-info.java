/** A terminal's own reading of compiled hours: pure functions on the contract alone. The portal's tests compare it with its evaluator. */
@NullMarked
package dev.zhanggui.terminal.reading;

import org.jspecify.annotations.NullMarked;
