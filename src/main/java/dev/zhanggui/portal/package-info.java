/** The portal: modules of one feature each; arrows between them point down only. */
@NullMarked
package dev.zhanggui.portal;

import org.jspecify.annotations.NullMarked;
