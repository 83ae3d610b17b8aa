/** The warehouse: orders to equip, check, pack and send, scan first. */
@NullMarked
package dev.zhanggui.portal.ordering.ui;

import org.jspecify.annotations.NullMarked;
