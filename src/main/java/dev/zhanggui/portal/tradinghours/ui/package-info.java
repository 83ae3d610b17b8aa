/** The hours page and the explanation of an answer, which other pages about a store show too. */
@NamedInterface("ui")
@NullMarked
package dev.zhanggui.portal.tradinghours.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
