/** Which store the person is looking at, for every page about one store. */
@NamedInterface("ui")
@NullMarked
package dev.zhanggui.portal.merchant.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
