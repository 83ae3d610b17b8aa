package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.INDUSTRY_PACK_VERSION;

import dev.zhanggui.db.tables.records.IndustryPackVersionRecord;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.packs.PackState;
import dev.zhanggui.portal.tradinghours.packs.PackVersion;
import dev.zhanggui.portal.tradinghours.packs.PackVersionId;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** Versions are added and decided, never changed; a unique key holds one waiting version an industry. */
@Repository
class PackRepository {

    static final int MOST_VERSIONS = 100;
    private static final int MOST_PUBLISHED = 5_000;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final DSLContext sql;
    private final PackCatalogue catalogue;

    PackRepository(DSLContext sql, PackCatalogue catalogue) {
        this.sql = sql;
        this.catalogue = catalogue;
    }

    Optional<PackVersion> find(PackVersionId id) {
        return fetch(INDUSTRY_PACK_VERSION.ID.eq(id.value()), 1).stream().findFirst();
    }

    /** Of all industries, the newest of each first. */
    List<PackVersion> published() {
        return fetch(INDUSTRY_PACK_VERSION.STATE.eq(PackState.PUBLISHED.name()), MOST_PUBLISHED);
    }

    List<PackVersion> waiting() {
        return fetch(INDUSTRY_PACK_VERSION.WAITING_INDUSTRY.isNotNull(), MOST_PUBLISHED);
    }

    Optional<PackVersion> waiting(String industry) {
        return fetch(INDUSTRY_PACK_VERSION.WAITING_INDUSTRY.eq(industry), 1).stream()
                .findFirst();
    }

    /** Newest first. */
    List<PackVersion> of(String industry) {
        return fetch(INDUSTRY_PACK_VERSION.INDUSTRY.eq(industry), MOST_VERSIONS);
    }

    private List<PackVersion> fetch(Condition which, int most) {
        return sql
                .selectFrom(INDUSTRY_PACK_VERSION)
                .where(which)
                .orderBy(INDUSTRY_PACK_VERSION.INDUSTRY, INDUSTRY_PACK_VERSION.NUMBER.desc())
                .limit(most)
                .fetch()
                .stream()
                .flatMap(row -> version(row).stream())
                .toList();
    }

    /** The number of the next version; the program's own is 1. */
    int nextNumber(String industry) {
        return 1
                + Objects.requireNonNullElse(
                        sql.select(DSL.max(INDUSTRY_PACK_VERSION.NUMBER))
                                .from(INDUSTRY_PACK_VERSION)
                                .where(INDUSTRY_PACK_VERSION.INDUSTRY.eq(industry))
                                .fetchSingle()
                                .value1(),
                        1);
    }

    /** Another text after every change of the table. */
    String stamp() {
        var row = sql.select(DSL.count(), DSL.sum(INDUSTRY_PACK_VERSION.VERSION))
                .from(INDUSTRY_PACK_VERSION)
                .fetchSingle();
        return row.value1() + "/" + row.value2();
    }

    /** False when another version of the industry waits already. */
    boolean add(PackVersionId id, IndustryPack pack, Stamp proposed) {
        var suggestion = pack.suggestion();
        try {
            sql.insertInto(INDUSTRY_PACK_VERSION)
                    .set(INDUSTRY_PACK_VERSION.ID, id.value())
                    .set(INDUSTRY_PACK_VERSION.INDUSTRY, pack.industry())
                    .set(INDUSTRY_PACK_VERSION.NUMBER, pack.version())
                    .set(INDUSTRY_PACK_VERSION.STATE, PackState.PROPOSED.name())
                    .set(INDUSTRY_PACK_VERSION.WAITING_INDUSTRY, pack.industry())
                    .set(INDUSTRY_PACK_VERSION.RULES, pack.rules().json())
                    .set(
                            INDUSTRY_PACK_VERSION.SUGGESTION,
                            suggestion == null
                                    ? null
                                    : HoursDocument.weekly(CHINA, suggestion).json())
                    .set(INDUSTRY_PACK_VERSION.OWNER, pack.owner().words())
                    .set(INDUSTRY_PACK_VERSION.REASON, pack.reason().words())
                    .set(INDUSTRY_PACK_VERSION.REVIEW_BY, pack.reviewBy())
                    .set(INDUSTRY_PACK_VERSION.PROPOSED_AT, proposed.at())
                    .set(INDUSTRY_PACK_VERSION.PROPOSED_BY_KIND, proposed.kind())
                    .set(INDUSTRY_PACK_VERSION.PROPOSED_BY_ID, proposed.id())
                    .set(INDUSTRY_PACK_VERSION.PROPOSED_BY_LABEL, proposed.label())
                    .set(INDUSTRY_PACK_VERSION.VERSION, 0)
                    .execute();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** False when it no longer waits. */
    boolean decide(PackVersionId id, PackState state, Stamp by, @Nullable String reason) {
        return sql.update(INDUSTRY_PACK_VERSION)
                        .set(INDUSTRY_PACK_VERSION.STATE, state.name())
                        .setNull(INDUSTRY_PACK_VERSION.WAITING_INDUSTRY)
                        .set(INDUSTRY_PACK_VERSION.DECIDED_AT, by.at())
                        .set(INDUSTRY_PACK_VERSION.DECIDED_BY_KIND, by.kind())
                        .set(INDUSTRY_PACK_VERSION.DECIDED_BY_ID, by.id())
                        .set(INDUSTRY_PACK_VERSION.DECIDED_BY_LABEL, by.label())
                        .set(INDUSTRY_PACK_VERSION.DECISION_REASON, reason)
                        .set(INDUSTRY_PACK_VERSION.VERSION, INDUSTRY_PACK_VERSION.VERSION.plus(1))
                        .where(INDUSTRY_PACK_VERSION.ID.eq(id.value()))
                        .and(INDUSTRY_PACK_VERSION.STATE.eq(PackState.PROPOSED.name()))
                        .execute()
                == 1;
    }

    /** Empty for an industry that the program no longer lists. */
    private Optional<PackVersion> version(IndustryPackVersionRecord row) {
        var suggestion = row.getSuggestion();
        return catalogue
                .pack(row.getIndustry())
                .map(entry -> new PackVersion(
                        new PackVersionId(row.getId()),
                        PackState.valueOf(row.getState()),
                        new IndustryPack(
                                row.getIndustry(),
                                row.getNumber(),
                                entry.first().names(),
                                PackCatalogue.document(row.getIndustry(), row.getRules()),
                                suggestion == null
                                        ? null
                                        : PackCatalogue.document(row.getIndustry(), suggestion)
                                                .weekly(),
                                entry.owner(row.getOwner()),
                                entry.reason(row.getReason()),
                                row.getReviewBy()),
                        new Stamp(
                                row.getProposedAt(),
                                row.getProposedByKind(),
                                row.getProposedById(),
                                row.getProposedByLabel()),
                        row.getDecidedAt() == null
                                ? null
                                : new Stamp(
                                        row.getDecidedAt(),
                                        row.getDecidedByKind(),
                                        row.getDecidedById(),
                                        row.getDecidedByLabel()),
                        row.getDecisionReason()));
    }
}
