/** What a merchant sees of its terminals: in step or not, why not, and what became of each change. */
@NullMarked
@org.springframework.modulith.NamedInterface("ui")
package dev.zhanggui.portal.configuration.ui;

import org.jspecify.annotations.NullMarked;
