/** The merchant's first page. */
@NullMarked
package dev.zhanggui.portal.home.ui;

import org.jspecify.annotations.NullMarked;
