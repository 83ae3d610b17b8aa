/** The terminal kit: virtual terminals of every device class in a process of their own, true to the wire and to nothing of the portal. */
@NullMarked
package dev.zhanggui.terminal;

import org.jspecify.annotations.NullMarked;
