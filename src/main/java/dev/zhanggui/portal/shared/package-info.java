/** Value objects that two or more modules speak of. No framework, no I/O, time passed in. */
@NullMarked
package dev.zhanggui.portal.shared;

import org.jspecify.annotations.NullMarked;
