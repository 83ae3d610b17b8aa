/** The demo's people, shops and machines: made through the same services as everybody else's, never in production. */
@NullMarked
package dev.zhanggui.portal.demo;

import org.jspecify.annotations.NullMarked;
