/** Prepared for trouble: what a store does when something fails, and whether its staff know how to collect. */
@NullMarked
package dev.zhanggui.portal.readiness;

import org.jspecify.annotations.NullMarked;
