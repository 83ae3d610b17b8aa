/** What a terminal shows: configuration and moment in, words and pictures out. Pure functions. */
@NullMarked
package dev.zhanggui.terminal.screen;

import org.jspecify.annotations.NullMarked;
