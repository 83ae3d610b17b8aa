package dev.zhanggui.portal.audit.internal;

import static dev.zhanggui.db.Tables.AUDIT_ENTRY;
import static dev.zhanggui.db.Tables.AUDIT_PENDING;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import java.time.Clock;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Component
class AuditWriter implements AuditLog {

    private final DSLContext sql;
    private final Clock clock;

    AuditWriter(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(
            Actor actor,
            String action,
            String subject,
            @Nullable MerchantId merchant,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {
        insert(actor, action, subject, merchant, before, after, reason);
    }

    @Override
    @Transactional
    public void personalDataRead(Actor actor, String subject, String field, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reading personal data needs a reason");
        }
        insert(actor, "personal-data.read", subject, null, null, "{\"field\":\"" + field + "\"}", reason);
    }

    private void insert(
            Actor actor,
            String action,
            String subject,
            @Nullable MerchantId merchant,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {
        long id = Ids.next();
        sql.insertInto(AUDIT_ENTRY)
                .set(AUDIT_ENTRY.ID, id)
                .set(AUDIT_ENTRY.AT, clock.instant())
                .set(AUDIT_ENTRY.ACTOR_KIND, actor.kind().name())
                .set(AUDIT_ENTRY.ACTOR_ID, actor.id())
                .set(AUDIT_ENTRY.ACTOR_LABEL, actor.label())
                .set(AUDIT_ENTRY.ACTION, action)
                .set(AUDIT_ENTRY.SUBJECT, subject)
                .set(AUDIT_ENTRY.MERCHANT_ID, merchant == null ? null : merchant.value())
                .set(AUDIT_ENTRY.BEFORE_STATE, before)
                .set(AUDIT_ENTRY.AFTER_STATE, after)
                .set(AUDIT_ENTRY.REASON, reason)
                .execute();
        sql.insertInto(AUDIT_PENDING).set(AUDIT_PENDING.ENTRY_ID, id).execute();
    }
}
