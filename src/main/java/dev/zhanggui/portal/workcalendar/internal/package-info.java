/** The calendar: tables of tyme4j, the law where no notice is out yet, and notices that staff imported. */
@NullMarked
package dev.zhanggui.portal.workcalendar.internal;

import org.jspecify.annotations.NullMarked;
