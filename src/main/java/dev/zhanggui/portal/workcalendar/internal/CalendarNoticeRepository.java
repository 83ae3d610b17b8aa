package dev.zhanggui.portal.workcalendar.internal;

import static dev.zhanggui.db.Tables.CALENDAR_NOTICE;

import dev.zhanggui.db.tables.records.CalendarNoticeRecord;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.NoticeId;
import dev.zhanggui.portal.workcalendar.NoticeState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** Versions are added and decided, never changed; unique keys hold one approved and one waiting notice a year. */
@Repository
class CalendarNoticeRepository {

    private static final int MOST_VERSIONS = 100;

    private final DSLContext sql;

    CalendarNoticeRepository(DSLContext sql) {
        this.sql = sql;
    }

    Optional<CalendarNotice> find(NoticeId id) {
        return fetch(CALENDAR_NOTICE.ID.eq(id.value())).stream().findFirst();
    }

    Optional<CalendarNotice> approved(int year) {
        return fetch(CALENDAR_NOTICE.APPROVED_YEAR.eq(year)).stream().findFirst();
    }

    Optional<CalendarNotice> waiting(int year) {
        return fetch(CALENDAR_NOTICE.WAITING_YEAR.eq(year)).stream().findFirst();
    }

    /** All that hold, by year. */
    List<CalendarNotice> approved() {
        return fetch(CALENDAR_NOTICE.APPROVED_YEAR.isNotNull());
    }

    /** What held at the moment, by year. */
    List<CalendarNotice> approvedBy(Instant moment) {
        var byYear = new TreeMap<Integer, CalendarNotice>();
        fetch(CALENDAR_NOTICE
                        .STATE
                        .in(NoticeState.APPROVED.name(), NoticeState.SUPERSEDED.name())
                        .and(CALENDAR_NOTICE.DECIDED_AT.le(moment)))
                .forEach(notice -> byYear.putIfAbsent(notice.year(), notice));
        return List.copyOf(byYear.values());
    }

    List<CalendarNotice> waiting() {
        return fetch(CALENDAR_NOTICE.WAITING_YEAR.isNotNull());
    }

    List<CalendarNotice> ofYear(int year) {
        return fetch(CALENDAR_NOTICE.FOR_YEAR.eq(year));
    }

    private List<CalendarNotice> fetch(Condition which) {
        return sql.selectFrom(CALENDAR_NOTICE)
                .where(which)
                .orderBy(CALENDAR_NOTICE.FOR_YEAR, CALENDAR_NOTICE.NUMBER.desc())
                .limit(MOST_VERSIONS)
                .fetch(CalendarNoticeRepository::notice);
    }

    /** Another text after every change of the table. */
    String stamp() {
        var row = sql.select(DSL.count(), DSL.sum(CALENDAR_NOTICE.VERSION))
                .from(CALENDAR_NOTICE)
                .fetchSingle();
        return row.value1() + "/" + row.value2();
    }

    /** Empty when another notice of the year waits already. */
    Optional<CalendarNotice> add(CalendarNotice notice) {
        int last = Objects.requireNonNullElse(
                sql.select(DSL.max(CALENDAR_NOTICE.NUMBER))
                        .from(CALENDAR_NOTICE)
                        .where(CALENDAR_NOTICE.FOR_YEAR.eq(notice.year()))
                        .fetchSingle()
                        .value1(),
                0);
        var proposed = notice.proposed();
        var days = notice.notice();
        try {
            sql.insertInto(CALENDAR_NOTICE)
                    .set(CALENDAR_NOTICE.ID, notice.id().value())
                    .set(CALENDAR_NOTICE.FOR_YEAR, notice.year())
                    .set(CALENDAR_NOTICE.NUMBER, last + 1)
                    .set(CALENDAR_NOTICE.STATE, NoticeState.WAITING.name())
                    .set(CALENDAR_NOTICE.WAITING_YEAR, notice.year())
                    .set(CALENDAR_NOTICE.DOCUMENT, days == null ? null : days.json())
                    .set(CALENDAR_NOTICE.SOURCE, notice.source())
                    .set(CALENDAR_NOTICE.REASON, notice.reason())
                    .set(CALENDAR_NOTICE.PROPOSED_AT, proposed.at())
                    .set(CALENDAR_NOTICE.PROPOSED_BY_KIND, proposed.kind())
                    .set(CALENDAR_NOTICE.PROPOSED_BY_ID, proposed.id())
                    .set(CALENDAR_NOTICE.PROPOSED_BY_LABEL, proposed.label())
                    .set(CALENDAR_NOTICE.VERSION, 0)
                    .execute();
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
        return find(notice.id());
    }

    /** False when it no longer waits, or when another approval of the year came first. */
    boolean decide(NoticeId id, int year, NoticeState state, Stamp by, @Nullable String reason) {
        boolean approved = state == NoticeState.APPROVED;
        if (approved) {
            sql.update(CALENDAR_NOTICE)
                    .set(CALENDAR_NOTICE.STATE, NoticeState.SUPERSEDED.name())
                    .setNull(CALENDAR_NOTICE.APPROVED_YEAR)
                    .set(CALENDAR_NOTICE.VERSION, CALENDAR_NOTICE.VERSION.plus(1))
                    .where(CALENDAR_NOTICE.APPROVED_YEAR.eq(year))
                    .execute();
        }
        return sql.update(CALENDAR_NOTICE)
                        .set(CALENDAR_NOTICE.STATE, state.name())
                        .set(CALENDAR_NOTICE.APPROVED_YEAR, approved ? (Integer) year : null)
                        .setNull(CALENDAR_NOTICE.WAITING_YEAR)
                        .set(CALENDAR_NOTICE.DECIDED_AT, by.at())
                        .set(CALENDAR_NOTICE.DECIDED_BY_KIND, by.kind())
                        .set(CALENDAR_NOTICE.DECIDED_BY_ID, by.id())
                        .set(CALENDAR_NOTICE.DECIDED_BY_LABEL, by.label())
                        .set(CALENDAR_NOTICE.DECISION_REASON, reason)
                        .set(CALENDAR_NOTICE.VERSION, CALENDAR_NOTICE.VERSION.plus(1))
                        .where(CALENDAR_NOTICE.ID.eq(id.value()))
                        .and(CALENDAR_NOTICE.STATE.eq(NoticeState.WAITING.name()))
                        .execute()
                == 1;
    }

    private static CalendarNotice notice(CalendarNoticeRecord row) {
        var document = row.getDocument();
        return new CalendarNotice(
                new NoticeId(row.getId()),
                row.getForYear(),
                row.getNumber(),
                NoticeState.valueOf(row.getState()),
                document == null ? null : NoticeJson.kept(row.getForYear(), document),
                row.getSource(),
                row.getReason(),
                new Stamp(
                        row.getProposedAt(), row.getProposedByKind(), row.getProposedById(), row.getProposedByLabel()),
                row.getDecidedAt() == null
                        ? null
                        : new Stamp(
                                row.getDecidedAt(),
                                row.getDecidedByKind(),
                                row.getDecidedById(),
                                row.getDecidedByLabel()),
                row.getDecisionReason());
    }
}
