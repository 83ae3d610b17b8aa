package dev.zhanggui.portal.readiness.internal;

import static dev.zhanggui.db.Tables.CONTINGENCY_DRILL;
import static dev.zhanggui.db.Tables.CONTINGENCY_PLAN;
import static dev.zhanggui.db.Tables.TRAINING_MATERIAL;
import static dev.zhanggui.db.Tables.TRAINING_TRY;

import dev.zhanggui.db.tables.records.ContingencyPlanRecord;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.readiness.Contact;
import dev.zhanggui.portal.readiness.ContingencyPlan;
import dev.zhanggui.portal.readiness.Drill;
import dev.zhanggui.portal.readiness.Material;
import dev.zhanggui.portal.readiness.MaterialDraft;
import dev.zhanggui.portal.readiness.PlanDraft;
import dev.zhanggui.portal.readiness.Question;
import dev.zhanggui.portal.readiness.Trigger;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class ReadinessRepository {

    private static final String CONTACTS = "contingency_plan.contacts";
    private static final String PARTICIPANTS = "contingency_drill.participants";
    private static final int DRILLS_MOST = 100;
    private static final int TRIES_MOST = 20_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param mark of the text that was passed */
    record Pass(AccountId account, String mark, Instant at) {}

    private final DSLContext sql;
    private final PersonalDataCipher cipher;

    ReadinessRepository(DSLContext sql, PersonalDataCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    List<ContingencyPlan> plans(StoreId store, Trigger trigger, int limit) {
        return sql.selectFrom(CONTINGENCY_PLAN)
                .where(CONTINGENCY_PLAN.STORE_ID.eq(store.value()))
                .and(CONTINGENCY_PLAN.TRIGGER_KIND.eq(trigger.name()))
                .orderBy(CONTINGENCY_PLAN.VERSION.desc())
                .limit(limit)
                .fetch(this::plan);
    }

    /** False when that version exists already. */
    boolean add(ContingencyPlan plan, Actor actor) {
        var content = plan.content();
        try {
            sql.insertInto(CONTINGENCY_PLAN)
                    .set(CONTINGENCY_PLAN.STORE_ID, plan.store().value())
                    .set(CONTINGENCY_PLAN.TRIGGER_KIND, plan.trigger().name())
                    .set(CONTINGENCY_PLAN.VERSION, plan.version())
                    .set(CONTINGENCY_PLAN.STEPS, String.join("\n", content.steps()))
                    .set(CONTINGENCY_PLAN.ALTERNATIVES, content.alternatives())
                    .set(CONTINGENCY_PLAN.OWNER, content.owner())
                    .set(
                            CONTINGENCY_PLAN.CONTACTS,
                            cipher.encrypt(CONTACTS, JSON.writeValueAsString(content.contacts())))
                    .set(CONTINGENCY_PLAN.REVIEW_ON, content.reviewOn())
                    .set(CONTINGENCY_PLAN.CHANGED_AT, plan.changedAt())
                    .set(CONTINGENCY_PLAN.CHANGED_BY_KIND, actor.kind().name())
                    .set(CONTINGENCY_PLAN.CHANGED_BY_ID, actor.id())
                    .set(CONTINGENCY_PLAN.CHANGED_BY_LABEL, plan.changedBy())
                    .execute();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private ContingencyPlan plan(ContingencyPlanRecord row) {
        var contacts = JSON.readValue(
                cipher.decrypt(CONTACTS, row.getContacts()), new TypeReference<List<Map<String, String>>>() {});
        return new ContingencyPlan(
                new StoreId(row.getStoreId()),
                Trigger.valueOf(row.getTriggerKind()),
                row.getVersion(),
                new PlanDraft(
                        row.getSteps().lines().toList(),
                        row.getAlternatives(),
                        row.getOwner(),
                        contacts.stream()
                                .map(it -> new Contact(it.getOrDefault("name", ""), it.getOrDefault("phone", "")))
                                .toList(),
                        row.getReviewOn()),
                row.getChangedAt(),
                row.getChangedByLabel());
    }

    void add(StoreId store, Drill drill, Actor actor) {
        sql.insertInto(CONTINGENCY_DRILL)
                .set(CONTINGENCY_DRILL.ID, Ids.next())
                .set(CONTINGENCY_DRILL.STORE_ID, store.value())
                .set(CONTINGENCY_DRILL.TRIGGER_KIND, drill.trigger().name())
                .set(CONTINGENCY_DRILL.PLAN_VERSION, drill.planVersion())
                .set(CONTINGENCY_DRILL.HELD_ON, drill.heldOn())
                .set(CONTINGENCY_DRILL.PARTICIPANTS, cipher.encrypt(PARTICIPANTS, drill.participants()))
                .set(CONTINGENCY_DRILL.LEARNT, drill.learnt())
                .set(CONTINGENCY_DRILL.RECORDED_AT, drill.recordedAt())
                .set(CONTINGENCY_DRILL.RECORDED_BY_KIND, actor.kind().name())
                .set(CONTINGENCY_DRILL.RECORDED_BY_ID, actor.id())
                .set(CONTINGENCY_DRILL.RECORDED_BY_LABEL, actor.label())
                .execute();
    }

    List<Drill> drills(StoreId store) {
        return sql.selectFrom(CONTINGENCY_DRILL)
                .where(CONTINGENCY_DRILL.STORE_ID.eq(store.value()))
                .orderBy(CONTINGENCY_DRILL.HELD_ON.desc(), CONTINGENCY_DRILL.ID.desc())
                .limit(DRILLS_MOST)
                .fetch(row -> new Drill(
                        Trigger.valueOf(row.getTriggerKind()),
                        row.getPlanVersion(),
                        row.getHeldOn(),
                        cipher.decrypt(PARTICIPANTS, row.getParticipants()),
                        row.getLearnt(),
                        row.getRecordedAt(),
                        row.getRecordedByLabel()));
    }

    Optional<Material> material(MerchantId merchant) {
        return sql.selectFrom(TRAINING_MATERIAL)
                .where(TRAINING_MATERIAL.MERCHANT_ID.eq(merchant.value()))
                .orderBy(TRAINING_MATERIAL.VERSION.desc())
                .limit(1)
                .fetchOptional(row -> {
                    var content = new MaterialDraft(
                            row.getTitle(),
                            row.getBody(),
                            JSON.readValue(row.getQuiz(), new TypeReference<List<Question>>() {}));
                    return new Material(
                            row.getVersion(),
                            content,
                            MaterialMark.of(content),
                            row.getChangedAt(),
                            row.getChangedByLabel());
                });
    }

    /** False when that version exists already. */
    boolean add(MerchantId merchant, int version, MaterialDraft content, Instant at, Actor actor) {
        try {
            sql.insertInto(TRAINING_MATERIAL)
                    .set(TRAINING_MATERIAL.MERCHANT_ID, merchant.value())
                    .set(TRAINING_MATERIAL.VERSION, version)
                    .set(TRAINING_MATERIAL.TITLE, content.title())
                    .set(TRAINING_MATERIAL.BODY, content.text())
                    .set(TRAINING_MATERIAL.QUIZ, JSON.writeValueAsString(content.questions()))
                    .set(TRAINING_MATERIAL.CHANGED_AT, at)
                    .set(TRAINING_MATERIAL.CHANGED_BY_KIND, actor.kind().name())
                    .set(TRAINING_MATERIAL.CHANGED_BY_ID, actor.id())
                    .set(TRAINING_MATERIAL.CHANGED_BY_LABEL, actor.label())
                    .execute();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    void addTry(MerchantId merchant, AccountId account, Material material, int right, int of, Instant at) {
        sql.insertInto(TRAINING_TRY)
                .set(TRAINING_TRY.ID, Ids.next())
                .set(TRAINING_TRY.MERCHANT_ID, merchant.value())
                .set(TRAINING_TRY.ACCOUNT_ID, account.value())
                .set(TRAINING_TRY.MATERIAL_VERSION, material.version())
                .set(TRAINING_TRY.MATERIAL_MARK, material.mark())
                .set(TRAINING_TRY.RIGHT_COUNT, right)
                .set(TRAINING_TRY.QUESTION_COUNT, of)
                .set(TRAINING_TRY.PASSED, right == of)
                .set(TRAINING_TRY.TRIED_AT, at)
                .execute();
    }

    /** Every quiz passed in the merchant, oldest first. */
    List<Pass> passes(MerchantId merchant) {
        return sql.select(TRAINING_TRY.ACCOUNT_ID, TRAINING_TRY.MATERIAL_MARK, TRAINING_TRY.TRIED_AT)
                .from(TRAINING_TRY)
                .where(TRAINING_TRY.MERCHANT_ID.eq(merchant.value()))
                .and(TRAINING_TRY.PASSED.isTrue())
                .orderBy(TRAINING_TRY.TRIED_AT.desc(), TRAINING_TRY.ID.desc())
                .limit(TRIES_MOST)
                .fetch(row -> new Pass(new AccountId(row.value1()), row.value2(), row.value3()))
                .reversed();
    }
}
