package dev.zhanggui.portal.fakereport.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.Finding;
import dev.zhanggui.portal.fakereport.Judged;
import dev.zhanggui.portal.fakereport.ReportState;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;

/** Reports in words. */
record ReportWords(Component page) {

    String happened(FakeReport report) {
        return page.getTranslation("scan.report.happened." + report.happened());
    }

    StatusPill state(FakeReport report) {
        var closed = report.closed();
        return closed == null
                ? new StatusPill(
                        report.state() == ReportState.OPEN ? Meaning.ATTEND : Meaning.CLOSED,
                        page.getTranslation("fakeReport.state." + report.state()))
                : new StatusPill(
                        finding(closed.finding()), page.getTranslation("fakeReport.finding." + closed.finding()));
    }

    private static Meaning finding(Finding finding) {
        return switch (finding) {
            case FAKE -> Meaning.STOP;
            case GENUINE -> Meaning.OPEN;
            case CANNOT_TELL -> Meaning.CLOSED;
        };
    }

    /** What it was by its signature. */
    StatusPill judged(Judged judged) {
        var meaning = switch (judged) {
            case IN_USE -> Meaning.OPEN;
            case IDLE, SIGN, NONE -> Meaning.CLOSED;
            case FORGED, NOT_OURS -> Meaning.STOP;
        };
        return new StatusPill(meaning, page.getTranslation("fakeReport.judged." + judged));
    }

    static Judged judged(CodeVerdict verdict) {
        return switch (verdict) {
            case CodeVerdict.Genuine it -> it.standing() == CodeVerdict.Standing.IN_USE ? Judged.IN_USE : Judged.IDLE;
            case CodeVerdict.Yours it -> Judged.IN_USE;
            case CodeVerdict.YoursStopped it -> Judged.IDLE;
            case CodeVerdict.YoursEnded it -> Judged.IDLE;
            case CodeVerdict.HoursSign it -> Judged.SIGN;
            case CodeVerdict.Forged it -> Judged.FORGED;
            case CodeVerdict.NotOurs it -> Judged.NOT_OURS;
        };
    }

    static String plate(QrCode code) {
        return code.place() + " · " + code.numberText();
    }

    /** What a list says first: where it leads, where it was seen, or that only a photo is there. */
    String subject(FakeReport report) {
        if (!report.pointsTo().isEmpty()) {
            return report.pointsTo();
        }
        if (!report.place().isEmpty()) {
            return report.place();
        }
        return report.code().isEmpty() ? page.getTranslation("fakeReport.photoOnly") : report.code();
    }
}
