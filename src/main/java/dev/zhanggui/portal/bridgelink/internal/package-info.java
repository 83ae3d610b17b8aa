/** The wire's form of what the configuration module says. */
@NullMarked
package dev.zhanggui.portal.bridgelink.internal;

import org.jspecify.annotations.NullMarked;
