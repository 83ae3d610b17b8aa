/** The merchant's codes as they stand on the counter, with what a payer meets behind each of them. */
@NamedInterface("ui")
@NullMarked
package dev.zhanggui.portal.acceptance.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
