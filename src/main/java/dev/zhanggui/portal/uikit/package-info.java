/** Small components that every page is made of: meanings, states, times, live updates. */
@NullMarked
package dev.zhanggui.portal.uikit;

import org.jspecify.annotations.NullMarked;
