/** What a terminal keeps over a power cut. */
@NullMarked
package dev.zhanggui.terminal.store;

import org.jspecify.annotations.NullMarked;
