/** Value objects that two or more modules speak of. No framework, no I/O but for tables of the program, time passed in. */
@NullMarked
package dev.zhanggui.portal.shared;

import org.jspecify.annotations.NullMarked;
