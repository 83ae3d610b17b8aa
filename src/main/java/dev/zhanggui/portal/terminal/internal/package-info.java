/** Rows, codes and tokens behind the terminals. */
@NullMarked
package dev.zhanggui.portal.terminal.internal;

import org.jspecify.annotations.NullMarked;
