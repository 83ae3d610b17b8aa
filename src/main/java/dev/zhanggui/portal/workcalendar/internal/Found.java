package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.NoticeDay;

/** A day as read from a text, with the place where it stands. */
record Found(String place, NoticeDay day) {}
