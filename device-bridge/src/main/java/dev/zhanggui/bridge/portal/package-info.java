/** The way to the portal: one authenticated HTTP link. */
@NullMarked
package dev.zhanggui.bridge.portal;

import org.jspecify.annotations.NullMarked;
