/** The calendar from tyme4j's table of notices and from the law where no notice is out yet. */
@NullMarked
package dev.zhanggui.portal.workcalendar.internal;

import org.jspecify.annotations.NullMarked;
