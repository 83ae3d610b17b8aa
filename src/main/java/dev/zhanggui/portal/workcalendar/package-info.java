/** Which days are worked in China, how far that is published, and arithmetic in working time. */
@NullMarked
package dev.zhanggui.portal.workcalendar;

import org.jspecify.annotations.NullMarked;
