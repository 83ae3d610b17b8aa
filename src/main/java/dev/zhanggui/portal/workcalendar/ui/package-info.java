/** The staff's page of the calendar: the year as it holds, notices that wait, and how it came to be. */
@NullMarked
package dev.zhanggui.portal.workcalendar.ui;

import org.jspecify.annotations.NullMarked;
