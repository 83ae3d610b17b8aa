package dev.zhanggui.portal.workcalendar;

/** Identifies one version of a year's notice. */
public record NoticeId(long value) {

    @Override
    public String toString() {
        return "calendar-notice:" + value;
    }
}
