package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.Application.FieldValue;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Eligibility;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Offer;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.terminal.Catalogue;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts the rows of an application together for people, masked. Whoever calls has checked the right to look. */
@Component
class ApplicationReader {

    private final ApplicationTables tables;
    private final Catalogue catalogue;
    private final Clock clock;

    ApplicationReader(ApplicationTables tables, Catalogue catalogue, Clock clock) {
        this.tables = tables;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    Application application(ApplicationRow row) {
        return application(row, tables.fields(row.id()));
    }

    Application application(ApplicationRow row, Map<Field, FieldRow> fields) {
        var shown = new EnumMap<Field, FieldValue>(Field.class);
        fields.forEach((field, value) -> shown.put(field, value.shown()));
        var lease = row.lease() != null && row.lease().holds(clock.instant()) ? row.lease() : null;
        return new Application(
                row.number(),
                row.applicant(),
                row.state(),
                Map.copyOf(shown),
                Map.copyOf(tables.documents(row.id())),
                fixes(row),
                row.submission(),
                row.startedAt(),
                row.stateSince(),
                row.dueAt(),
                lease == null ? null : lease.label(),
                lease == null ? null : lease.until(),
                row.merchant(),
                row.store(),
                row.orderNumber(),
                row.version());
    }

    Timeline timeline(ApplicationRow row) {
        var steps = tables.transitions(row.id());
        var refusal = row.state() == ApplicationState.REJECTED
                ? steps.reversed().stream()
                        .filter(step -> step.to() == ApplicationState.REJECTED)
                        .map(Timeline.Step::reason)
                        .findFirst()
                        .orElse(null)
                : null;
        var call = row.state() == ApplicationState.CALL_SCHEDULED
                ? tables.calls(row.id()).stream()
                        .filter(attempt -> attempt.result() == null)
                        .map(attempt -> new Timeline.Call(attempt.agent(), attempt.code(), row.dueAt()))
                        .findFirst()
                        .orElse(null)
                : null;
        return new Timeline(application(row), steps, call, offer(row).orElse(null), refusal);
    }

    Optional<Offer> offer(ApplicationRow row) {
        return tables.newestOffer(row.id()).map(Quotes::read);
    }

    Eligibility eligibility(Application application) {
        return EligibilityRules.judge(EligibilityRules.Facts.of(application, catalogue));
    }

    private List<Fix> fixes(ApplicationRow row) {
        return row.state() == ApplicationState.NEEDS_FIX
                ? tables.fixes(row).stream()
                        .map(ApplicationTables.AskedFix::fix)
                        .toList()
                : List.of();
    }
}
