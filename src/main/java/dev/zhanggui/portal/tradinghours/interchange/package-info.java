/** Hours in the formats of others, read strictly and written with what they could not carry: pure functions, no I/O. */
@NullMarked
@NamedInterface("interchange")
package dev.zhanggui.portal.tradinghours.interchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
