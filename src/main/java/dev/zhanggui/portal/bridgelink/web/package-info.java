/** The HTTP endpoints that bridges call. */
@NullMarked
package dev.zhanggui.portal.bridgelink.web;

import org.jspecify.annotations.NullMarked;
