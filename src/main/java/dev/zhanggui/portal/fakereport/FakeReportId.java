package dev.zhanggui.portal.fakereport;

/** Identifies a report inside the portal; outside it is known by its number. */
public record FakeReportId(long value) {

    @Override
    public String toString() {
        return "fake-report:" + value;
    }
}
