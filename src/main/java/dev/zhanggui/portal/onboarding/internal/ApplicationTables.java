package dev.zhanggui.portal.onboarding.internal;

import static dev.zhanggui.db.Tables.APPLICATION;
import static dev.zhanggui.db.Tables.APPLICATION_CALL;
import static dev.zhanggui.db.Tables.APPLICATION_DOCUMENT;
import static dev.zhanggui.db.Tables.APPLICATION_FIELD;
import static dev.zhanggui.db.Tables.APPLICATION_FIX;
import static dev.zhanggui.db.Tables.APPLICATION_NEED;
import static dev.zhanggui.db.Tables.APPLICATION_OFFER;
import static dev.zhanggui.db.Tables.APPLICATION_TRANSITION;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;

import dev.zhanggui.db.tables.records.ApplicationCallRecord;
import dev.zhanggui.db.tables.records.ApplicationOfferRecord;
import dev.zhanggui.db.tables.records.ApplicationRecord;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Application.DocumentInfo;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Branch;
import dev.zhanggui.portal.onboarding.CallFacts;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Offer;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.ReviewDesk.Attempt;
import dev.zhanggui.portal.onboarding.ReviewDesk.CallResult;
import dev.zhanggui.portal.onboarding.ReviewDesk.Duplicate;
import dev.zhanggui.portal.onboarding.ReviewDesk.Queue;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The application's tables: rows in, rows out, personal data encrypted on the way. Decides nothing. */
@Repository
class ApplicationTables {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FACTS = "application_need.facts";
    private static final int QUEUE_LIMIT = 200;
    private static final int MINE_LIMIT = 50;

    private final DSLContext db;
    private final PersonalDataCipher cipher;

    ApplicationTables(DSLContext db, PersonalDataCipher cipher) {
        this.db = db;
        this.cipher = cipher;
    }

    // ---- the application itself

    /** {@link org.springframework.dao.DuplicateKeyException} when the person has an open one, or the number is taken. */
    void insert(long id, ApplicationNumber number, AccountId applicant, Instant now) {
        db.insertInto(APPLICATION)
                .set(APPLICATION.ID, id)
                .set(APPLICATION.NUMBER, number.value())
                .set(APPLICATION.APPLICANT, applicant.value())
                .set(APPLICATION.OPEN_MARKER, applicant.value())
                .set(APPLICATION.STATE, ApplicationState.DRAFT.name())
                .set(APPLICATION.SUBMISSION, 0)
                .set(APPLICATION.STARTED_AT, now)
                .set(APPLICATION.STATE_SINCE, now)
                .set(APPLICATION.VERSION, 1)
                .execute();
    }

    Optional<ApplicationRow> find(ApplicationNumber number) {
        return db.selectFrom(APPLICATION)
                .where(APPLICATION.NUMBER.eq(number.value()))
                .fetchOptional(ApplicationTables::row);
    }

    /** Holds the row until the transaction ends: what is decided on it stays true while it is written. */
    Optional<ApplicationRow> lock(ApplicationNumber number) {
        return db.selectFrom(APPLICATION)
                .where(APPLICATION.NUMBER.eq(number.value()))
                .forUpdate()
                .fetchOptional(ApplicationTables::row);
    }

    Optional<ApplicationRow> open(AccountId applicant) {
        return db.selectFrom(APPLICATION)
                .where(APPLICATION.OPEN_MARKER.eq(applicant.value()))
                .fetchOptional(ApplicationTables::row);
    }

    List<ApplicationRow> of(AccountId applicant) {
        return db.selectFrom(APPLICATION)
                .where(APPLICATION.APPLICANT.eq(applicant.value()))
                .orderBy(APPLICATION.ID.desc())
                .limit(MINE_LIMIT)
                .fetch(ApplicationTables::row);
    }

    /** Writes everything that may change of the row, if nobody changed it since it was read. */
    ApplicationRow update(ApplicationRow row) {
        var lease = row.lease();
        int changed = db.update(APPLICATION)
                .set(
                        APPLICATION.OPEN_MARKER,
                        row.state().open() ? row.applicant().value() : null)
                .set(APPLICATION.STATE, row.state().name())
                .set(APPLICATION.SUBMISSION, row.submission())
                .set(APPLICATION.STATE_SINCE, row.stateSince())
                .set(APPLICATION.DUE_AT, row.dueAt())
                .set(APPLICATION.CLAIMED_BY, lease == null ? null : lease.holder())
                .set(APPLICATION.CLAIMED_LABEL, lease == null ? null : lease.label())
                .set(APPLICATION.CLAIMED_UNTIL, lease == null ? null : lease.until())
                .set(
                        APPLICATION.MERCHANT_ID,
                        row.merchant() == null ? null : row.merchant().value())
                .set(
                        APPLICATION.STORE_ID,
                        row.store() == null ? null : row.store().value())
                .set(APPLICATION.ORDER_NUMBER, row.orderNumber())
                .set(APPLICATION.VERSION, row.version() + 1)
                .where(APPLICATION.ID.eq(row.id()))
                .and(APPLICATION.VERSION.eq(row.version()))
                .execute();
        if (changed != 1) {
            throw new LostUpdateException(row.subject());
        }
        return row.written();
    }

    private static ApplicationRow row(ApplicationRecord r) {
        return new ApplicationRow(
                r.getId(),
                new ApplicationNumber(r.getNumber()),
                new AccountId(r.getApplicant()),
                ApplicationState.valueOf(r.getState()),
                r.getSubmission(),
                r.getStartedAt(),
                r.getStateSince(),
                r.getDueAt(),
                r.getClaimedBy() == null
                        ? null
                        : new ApplicationRow.Lease(r.getClaimedBy(), r.getClaimedLabel(), r.getClaimedUntil()),
                r.getMerchantId() == null ? null : new MerchantId(r.getMerchantId()),
                r.getStoreId() == null ? null : new StoreId(r.getStoreId()),
                r.getOrderNumber(),
                r.getVersion());
    }

    // ---- the queue

    List<ReviewDesk.Row> queue(Queue queue, long me, Instant now) {
        var name = APPLICATION_FIELD.as("name");
        var kind = APPLICATION_FIELD.as("kind");
        var scene = APPLICATION_FIELD.as("scene");
        var order = queue == Queue.DONE
                ? List.of(APPLICATION.STATE_SINCE.desc(), APPLICATION.ID.desc())
                : List.of(APPLICATION.DUE_AT.asc(), APPLICATION.ID.asc());
        return db.select(
                        APPLICATION.asterisk(),
                        name.PLAIN.as("store_name"),
                        DSL.when(kind.PROBLEM.isNull(), kind.PLAIN).as("merchant_kind"),
                        DSL.when(scene.PROBLEM.isNull(), scene.PLAIN).as("scene_name"))
                .from(APPLICATION)
                .leftJoin(name)
                .on(name.APPLICATION_ID.eq(APPLICATION.ID).and(name.FIELD.eq(inline(Field.STORE_NAME.name()))))
                .leftJoin(kind)
                .on(kind.APPLICATION_ID.eq(APPLICATION.ID).and(kind.FIELD.eq(inline(Field.KIND.name()))))
                .leftJoin(scene)
                .on(scene.APPLICATION_ID.eq(APPLICATION.ID).and(scene.FIELD.eq(inline(Field.SCENE.name()))))
                .where(inQueue(queue, me, now))
                .orderBy(order)
                .limit(QUEUE_LIMIT)
                .fetch(r -> {
                    var row = row(r.into(APPLICATION));
                    var storeName = r.get("store_name", String.class);
                    var kindName = r.get("merchant_kind", String.class);
                    var sceneName = r.get("scene_name", String.class);
                    var lease = row.lease() != null && row.lease().holds(now) ? row.lease() : null;
                    return new ReviewDesk.Row(
                            row.number(),
                            storeName == null || storeName.isBlank()
                                    ? row.number().value()
                                    : storeName,
                            new Branch(
                                    kindName == null ? null : MerchantKind.valueOf(kindName),
                                    sceneName == null ? null : Scene.valueOf(sceneName)),
                            row.state(),
                            row.submission(),
                            row.stateSince(),
                            row.dueAt(),
                            row.dueAt() != null && row.dueAt().isBefore(now),
                            lease == null ? null : lease.label(),
                            lease != null && lease.holder() == me);
                });
    }

    private static Condition inQueue(Queue queue, long me, Instant now) {
        var ours = APPLICATION.STATE.in(states(ApplicationState.Turn.STAFF));
        return switch (queue) {
            case ALL -> ours;
            case MINE -> ours.and(APPLICATION.CLAIMED_BY.eq(me)).and(APPLICATION.CLAIMED_UNTIL.gt(now));
            case FREE -> ours.and(APPLICATION.CLAIMED_UNTIL.isNull().or(APPLICATION.CLAIMED_UNTIL.le(now)));
            case DONE ->
                APPLICATION
                        .STATE
                        .notIn(states(ApplicationState.Turn.STAFF))
                        .and(APPLICATION.STATE.ne(ApplicationState.DRAFT.name()));
        };
    }

    private static List<String> states(ApplicationState.Turn turn) {
        return Arrays.stream(ApplicationState.values())
                .filter(state -> state.turn() == turn)
                .map(Enum::name)
                .toList();
    }

    // ---- fields

    Map<Field, FieldRow> fields(long application) {
        var rows = new EnumMap<Field, FieldRow>(Field.class);
        db.selectFrom(APPLICATION_FIELD)
                .where(APPLICATION_FIELD.APPLICATION_ID.eq(application))
                .forEach(r -> {
                    var field = Field.valueOf(r.getField());
                    var value = field.personal() ? cipher.decrypt(column(field), r.getSecret()) : r.getPlain();
                    rows.put(field, new FieldRow(field, value, r.getProblem(), r.getVersion(), r.getSavedAt()));
                });
        return rows;
    }

    /** Inserts version 1 or replaces the version before. */
    void write(long application, FieldRow row) {
        var field = row.field();
        var plain = field.personal() ? null : row.value();
        var secret = field.personal() ? cipher.encrypt(column(field), row.value()) : null;
        var blind = FieldPolicy.comparable(field) && row.problem() == null
                ? cipher.blindIndex(column(field), row.value())
                : null;
        int changed = row.version() == 1
                ? db.insertInto(APPLICATION_FIELD)
                        .set(APPLICATION_FIELD.APPLICATION_ID, application)
                        .set(APPLICATION_FIELD.FIELD, field.name())
                        .set(APPLICATION_FIELD.PLAIN, plain)
                        .set(APPLICATION_FIELD.SECRET, secret)
                        .set(APPLICATION_FIELD.BLIND, blind)
                        .set(APPLICATION_FIELD.PROBLEM, row.problem())
                        .set(APPLICATION_FIELD.VERSION, 1)
                        .set(APPLICATION_FIELD.SAVED_AT, row.savedAt())
                        .execute()
                : db.update(APPLICATION_FIELD)
                        .set(APPLICATION_FIELD.PLAIN, plain)
                        .set(APPLICATION_FIELD.SECRET, secret)
                        .set(APPLICATION_FIELD.BLIND, blind)
                        .set(APPLICATION_FIELD.PROBLEM, row.problem())
                        .set(APPLICATION_FIELD.VERSION, row.version())
                        .set(APPLICATION_FIELD.SAVED_AT, row.savedAt())
                        .where(APPLICATION_FIELD.APPLICATION_ID.eq(application))
                        .and(APPLICATION_FIELD.FIELD.eq(field.name()))
                        .and(APPLICATION_FIELD.VERSION.eq(row.version() - 1))
                        .execute();
        if (changed != 1) {
            throw new LostUpdateException("application field:" + field);
        }
    }

    /** Other applications that were submitted with one of these values. */
    List<Duplicate> duplicates(long application, Map<Field, FieldRow> fields) {
        Condition same = DSL.noCondition();
        for (var row : fields.values()) {
            if (FieldPolicy.comparable(row.field()) && row.problem() == null) {
                same = same.or(APPLICATION_FIELD
                        .FIELD
                        .eq(row.field().name())
                        .and(APPLICATION_FIELD.BLIND.eq(cipher.blindIndex(column(row.field()), row.value()))));
            }
        }
        if (same.equals(DSL.noCondition())) {
            return List.of();
        }
        return db.select(APPLICATION_FIELD.FIELD, APPLICATION.NUMBER, APPLICATION.STATE)
                .from(APPLICATION_FIELD)
                .join(APPLICATION)
                .on(APPLICATION.ID.eq(APPLICATION_FIELD.APPLICATION_ID))
                .where(same)
                .and(APPLICATION.ID.ne(application))
                .and(APPLICATION.SUBMISSION.gt(0))
                .orderBy(APPLICATION.ID.desc(), APPLICATION_FIELD.FIELD)
                .limit(20)
                .fetch(r -> new Duplicate(
                        Field.valueOf(r.value1()),
                        new ApplicationNumber(r.value2()),
                        ApplicationState.valueOf(r.value3())));
    }

    /** The column and the field: a card number moved into the phone's row does not decrypt. */
    private static String column(Field field) {
        return "application_field." + field.name();
    }

    // ---- documents

    /** The newest photo of each kind. */
    Map<DocumentKind, DocumentInfo> documents(long application) {
        var d = APPLICATION_DOCUMENT;
        var found = new EnumMap<DocumentKind, DocumentInfo>(DocumentKind.class);
        db.select(d.KIND, d.MEDIA_TYPE, d.WIDTH, d.HEIGHT, d.SIZE_BYTES, d.SEQ, d.UPLOADED_AT)
                .from(d)
                .where(d.APPLICATION_ID.eq(application))
                .orderBy(d.KIND, d.SEQ)
                .forEach(r -> found.put(
                        DocumentKind.valueOf(r.value1()),
                        new DocumentInfo(
                                DocumentKind.valueOf(r.value1()),
                                r.value2(),
                                r.value3(),
                                r.value4(),
                                r.value5(),
                                r.value6(),
                                r.value7())));
        return found;
    }

    void add(long application, DocumentInfo info, byte[] content) {
        db.insertInto(APPLICATION_DOCUMENT)
                .set(APPLICATION_DOCUMENT.APPLICATION_ID, application)
                .set(APPLICATION_DOCUMENT.KIND, info.kind().name())
                .set(APPLICATION_DOCUMENT.SEQ, info.version())
                .set(APPLICATION_DOCUMENT.MEDIA_TYPE, info.mediaType())
                .set(APPLICATION_DOCUMENT.WIDTH, info.width())
                .set(APPLICATION_DOCUMENT.HEIGHT, info.height())
                .set(APPLICATION_DOCUMENT.SIZE_BYTES, info.size())
                .set(APPLICATION_DOCUMENT.SECRET, cipher.encryptBytes("application_document.secret", content))
                .set(APPLICATION_DOCUMENT.UPLOADED_AT, info.uploadedAt())
                .execute();
    }

    Optional<byte[]> content(long application, DocumentKind kind) {
        var d = APPLICATION_DOCUMENT;
        return db.select(d.SECRET)
                .from(d)
                .where(d.APPLICATION_ID.eq(application))
                .and(d.KIND.eq(kind.name()))
                .orderBy(d.SEQ.desc())
                .limit(1)
                .fetchOptional(d.SECRET)
                .map(secret -> cipher.decryptBytes("application_document.secret", secret));
    }

    // ---- transitions

    void addTransition(
            long application,
            @Nullable ApplicationState from,
            ApplicationState to,
            Instant at,
            Actor actor,
            @Nullable String reason) {
        var t = APPLICATION_TRANSITION;
        db.insertInto(t)
                .set(t.APPLICATION_ID, application)
                .set(t.SEQ, nextSeq(t.SEQ, t, t.APPLICATION_ID.eq(application)))
                .set(t.FROM_STATE, from == null ? null : from.name())
                .set(t.TO_STATE, to.name())
                .set(t.MOVED_AT, at)
                .set(t.ACTOR_KIND, actor.kind().name())
                .set(t.ACTOR_ID, actor.id())
                .set(t.ACTOR_LABEL, actor.label())
                .set(t.BY_STAFF, actor.isStaff() || actor.isSystem())
                .set(t.REASON, reason)
                .execute();
    }

    List<Timeline.Step> transitions(long application) {
        var t = APPLICATION_TRANSITION;
        return db.select(t.FROM_STATE, t.TO_STATE, t.MOVED_AT, t.BY_STAFF, t.ACTOR_LABEL, t.REASON)
                .from(t)
                .where(t.APPLICATION_ID.eq(application))
                .orderBy(t.SEQ)
                .fetch(r -> new Timeline.Step(
                        r.value1() == null ? null : ApplicationState.valueOf(r.value1()),
                        ApplicationState.valueOf(r.value2()),
                        r.value3(),
                        r.value4() ? r.value5() : "",
                        r.value6()));
    }

    /** Who made a move. */
    record Mover(String kind, long id, String label) {

        boolean is(Actor actor) {
            return kind.equals(actor.kind().name()) && id == actor.id();
        }
    }

    /** Who moved the application into this state, the last time it went there. */
    Optional<Mover> lastMover(long application, ApplicationState to) {
        var t = APPLICATION_TRANSITION;
        return db.select(t.ACTOR_KIND, t.ACTOR_ID, t.ACTOR_LABEL)
                .from(t)
                .where(t.APPLICATION_ID.eq(application))
                .and(t.TO_STATE.eq(to.name()))
                .orderBy(t.SEQ.desc())
                .limit(1)
                .fetchOptional(r -> new Mover(r.value1(), r.value2(), r.value3()));
    }

    // ---- quiet applications

    /** When an application's silence was last spoken of: not since {@code after}, or in the time up to {@code until}. */
    sealed interface Reminded {

        record NotSince(Instant after) implements Reminded {}

        record Within(Instant after, Instant until) implements Reminded {}
    }

    /**
     * Applications in one of these states in which nothing was typed, uploaded or moved since {@code quietSince}, in the order of
     * their ids; reads without locks.
     */
    List<ApplicationNumber> quiet(Set<ApplicationState> states, Instant quietSince, Reminded reminded, int limit) {
        return quiet(APPLICATION.STATE.in(states.stream().map(Enum::name).toList()), quietSince, reminded, limit);
    }

    /** Whether that is still so of an application whose row is held. */
    boolean isQuiet(ApplicationRow row, Instant quietSince, Reminded reminded) {
        return !quiet(
                        APPLICATION
                                .ID
                                .eq(row.id())
                                .and(APPLICATION.STATE.eq(row.state().name())),
                        quietSince,
                        reminded,
                        1)
                .isEmpty();
    }

    void markReminded(ApplicationRow row, Instant now) {
        int changed = db.update(APPLICATION)
                .set(APPLICATION.REMINDED_AT, now)
                .set(APPLICATION.VERSION, row.version() + 1)
                .where(APPLICATION.ID.eq(row.id()))
                .and(APPLICATION.VERSION.eq(row.version()))
                .execute();
        if (changed != 1) {
            throw new LostUpdateException(row.subject());
        }
    }

    private List<ApplicationNumber> quiet(Condition which, Instant quietSince, Reminded reminded, int limit) {
        var spokenOf = switch (reminded) {
            case Reminded.NotSince(var after) ->
                APPLICATION.REMINDED_AT.isNull().or(APPLICATION.REMINDED_AT.le(after));
            case Reminded.Within(var after, var until) ->
                APPLICATION.REMINDED_AT.gt(after).and(APPLICATION.REMINDED_AT.le(until));
        };
        var touched = DSL.selectOne()
                .from(APPLICATION_FIELD)
                .where(APPLICATION_FIELD.APPLICATION_ID.eq(APPLICATION.ID))
                .and(APPLICATION_FIELD.SAVED_AT.gt(quietSince));
        var photographed = DSL.selectOne()
                .from(APPLICATION_DOCUMENT)
                .where(APPLICATION_DOCUMENT.APPLICATION_ID.eq(APPLICATION.ID))
                .and(APPLICATION_DOCUMENT.UPLOADED_AT.gt(quietSince));
        return db.select(APPLICATION.NUMBER)
                .from(APPLICATION)
                .where(which)
                .and(APPLICATION.STATE_SINCE.le(quietSince))
                .and(spokenOf)
                .andNotExists(touched)
                .andNotExists(photographed)
                .orderBy(APPLICATION.ID)
                .limit(limit)
                .fetch(r -> new ApplicationNumber(r.value1()));
    }

    // ---- fixes

    void addFix(ApplicationRow row, Fix fix, int partVersion, Instant now) {
        db.insertInto(APPLICATION_FIX)
                .set(APPLICATION_FIX.APPLICATION_ID, row.id())
                .set(APPLICATION_FIX.SUBMISSION, row.submission())
                .set(APPLICATION_FIX.PART, fix.part().name())
                .set(APPLICATION_FIX.PART_VERSION, partVersion)
                .set(APPLICATION_FIX.SENTENCE, fix.sentence())
                .set(APPLICATION_FIX.ASKED_AT, now)
                .execute();
    }

    /** A part sent back, with the version it had then. */
    record AskedFix(Fix fix, int partVersion) {}

    /** What was sent back of the submission in hand. */
    List<AskedFix> fixes(ApplicationRow row) {
        var f = APPLICATION_FIX;
        return db.select(f.PART, f.SENTENCE, f.PART_VERSION)
                .from(f)
                .where(f.APPLICATION_ID.eq(row.id()))
                .and(f.SUBMISSION.eq(row.submission()))
                .orderBy(f.PART)
                .fetch(r ->
                        new AskedFix(new Fix(ApplicationPart.of(r.value1()).orElseThrow(), r.value2()), r.value3()));
    }

    // ---- calls

    void addCall(long application, String code, Actor agent, Instant plannedAt) {
        var c = APPLICATION_CALL;
        db.insertInto(c)
                .set(c.APPLICATION_ID, application)
                .set(c.SEQ, nextSeq(c.SEQ, c, c.APPLICATION_ID.eq(application)))
                .set(c.CODE, code)
                .set(c.AGENT_ID, agent.id())
                .set(c.AGENT_LABEL, agent.label())
                .set(c.PLANNED_AT, plannedAt)
                .execute();
    }

    /** The planned call gets another agent: who takes over the case makes the call. */
    void handCallOver(long application, Actor agent) {
        var c = APPLICATION_CALL;
        db.update(c)
                .set(c.AGENT_ID, agent.id())
                .set(c.AGENT_LABEL, agent.label())
                .where(c.APPLICATION_ID.eq(application))
                .and(c.RESULT.isNull())
                .execute();
    }

    void recordCall(long application, CallResult result, String notes, Instant now) {
        var c = APPLICATION_CALL;
        db.update(c)
                .set(c.RESULT, result.name())
                .set(c.NOTES, cipher.encrypt("application_call.notes", notes))
                .set(c.RECORDED_AT, now)
                .where(c.APPLICATION_ID.eq(application))
                .and(c.RESULT.isNull())
                .execute();
    }

    /** Newest first. */
    List<Attempt> calls(long application) {
        return db.selectFrom(APPLICATION_CALL)
                .where(APPLICATION_CALL.APPLICATION_ID.eq(application))
                .orderBy(APPLICATION_CALL.SEQ.desc())
                .fetch(this::attempt);
    }

    private Attempt attempt(ApplicationCallRecord r) {
        return new Attempt(
                r.getSeq(),
                r.getCode(),
                r.getAgentLabel(),
                r.getPlannedAt(),
                r.getResult() == null ? null : CallResult.valueOf(r.getResult()),
                r.getNotes() == null ? "" : cipher.decrypt("application_call.notes", r.getNotes()),
                r.getRecordedAt());
    }

    // ---- what the applicant said

    Optional<CallFacts> facts(long application) {
        return db.select(APPLICATION_NEED.FACTS)
                .from(APPLICATION_NEED)
                .where(APPLICATION_NEED.APPLICATION_ID.eq(application))
                .fetchOptional(APPLICATION_NEED.FACTS)
                .map(secret -> JSON.readValue(cipher.decrypt(FACTS, secret), CallFacts.class));
    }

    /** Safe while the application's row is locked. */
    void note(long application, CallFacts facts, Instant now) {
        var secret = cipher.encrypt(FACTS, JSON.writeValueAsString(facts));
        int changed = db.update(APPLICATION_NEED)
                .set(APPLICATION_NEED.FACTS, secret)
                .set(APPLICATION_NEED.NOTED_AT, now)
                .where(APPLICATION_NEED.APPLICATION_ID.eq(application))
                .execute();
        if (changed == 0) {
            db.insertInto(APPLICATION_NEED)
                    .set(APPLICATION_NEED.APPLICATION_ID, application)
                    .set(APPLICATION_NEED.FACTS, secret)
                    .set(APPLICATION_NEED.NOTED_AT, now)
                    .execute();
        }
    }

    // ---- offers

    void addOffer(long application, String quoteJson, Offer offer, Actor actor, String reasonsJson) {
        var o = APPLICATION_OFFER;
        db.insertInto(o)
                .set(o.APPLICATION_ID, application)
                .set(o.SEQ, offer.seq())
                .set(o.MODEL, offer.quote().model().value())
                .set(o.QUOTE, quoteJson)
                .set(o.QUOTE_SHA256, offer.quoteSha256())
                .set(o.REASONS, reasonsJson)
                .set(o.AGREEMENT_VERSION, offer.agreementVersion())
                .set(o.AGREEMENT_SHA256, offer.agreementSha256())
                .set(o.OFFERED_BY, actor.id())
                .set(o.OFFERED_LABEL, actor.label())
                .set(o.OFFERED_AT, offer.offeredAt())
                .execute();
    }

    Optional<ApplicationOfferRecord> newestOffer(long application) {
        return db.selectFrom(APPLICATION_OFFER)
                .where(APPLICATION_OFFER.APPLICATION_ID.eq(application))
                .orderBy(APPLICATION_OFFER.SEQ.desc())
                .limit(1)
                .fetchOptional();
    }

    void markAccepted(long application, int seq, Instant now) {
        db.update(APPLICATION_OFFER)
                .set(APPLICATION_OFFER.ACCEPTED_AT, now)
                .where(APPLICATION_OFFER.APPLICATION_ID.eq(application))
                .and(APPLICATION_OFFER.SEQ.eq(seq))
                .and(APPLICATION_OFFER.ACCEPTED_AT.isNull())
                .execute();
    }

    /** Safe while the application's row is locked. */
    private int nextSeq(org.jooq.TableField<?, Integer> seq, org.jooq.Table<?> table, Condition mine) {
        var highest = db.select(max(seq)).from(table).where(mine).fetchOne(0, Integer.class);
        return highest == null ? 1 : highest + 1;
    }
}
