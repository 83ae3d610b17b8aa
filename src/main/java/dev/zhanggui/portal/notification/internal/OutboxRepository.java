package dev.zhanggui.portal.notification.internal;

import static dev.zhanggui.db.Tables.OUTBOX_MESSAGE;

import dev.zhanggui.portal.notification.OutboxMessage;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.Phone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class OutboxRepository {

    private static final String RECIPIENT = "outbox_message.recipient";
    private static final String PARAMS = "outbox_message.params";
    private static final int PAGE = 50;
    private static final int MOST_ATTEMPTS = 8;

    /** A message that this process may deliver now. */
    record Claimed(long id, Phone to, String template, Map<String, String> params, int attempts) {}

    private final DSLContext sql;
    private final PersonalDataCipher cipher;
    private final JsonMapper json = JsonMapper.shared();

    OutboxRepository(DSLContext sql, PersonalDataCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    long insert(Phone to, String template, Map<String, String> params, Instant now) {
        long id = Ids.next();
        sql.insertInto(OUTBOX_MESSAGE)
                .set(OUTBOX_MESSAGE.ID, id)
                .set(OUTBOX_MESSAGE.CHANNEL, "SMS")
                .set(OUTBOX_MESSAGE.RECIPIENT_CIPHER, cipher.encrypt(RECIPIENT, to.e164()))
                .set(OUTBOX_MESSAGE.RECIPIENT_INDEX, cipher.blindIndex(RECIPIENT, to.e164()))
                .set(OUTBOX_MESSAGE.RECIPIENT_MASKED, to.masked())
                .set(OUTBOX_MESSAGE.TEMPLATE, template)
                .set(OUTBOX_MESSAGE.PARAMS_CIPHER, cipher.encrypt(PARAMS, json.writeValueAsString(params)))
                .set(OUTBOX_MESSAGE.STATE, "WAITING")
                .set(OUTBOX_MESSAGE.ATTEMPTS, 0)
                .set(OUTBOX_MESSAGE.CREATED_AT, now)
                .execute();
        return id;
    }

    /** Claims by a token written into the rows: no two processes deliver the same message while the lease lasts. */
    List<Claimed> claim(int limit, Instant now, Duration lease) {
        long token = Ids.next();
        int claimed = sql.update(OUTBOX_MESSAGE)
                .set(OUTBOX_MESSAGE.CLAIM_TOKEN, token)
                .set(OUTBOX_MESSAGE.CLAIMED_UNTIL, now.plus(lease))
                .where(OUTBOX_MESSAGE.STATE.eq("WAITING"))
                .and(OUTBOX_MESSAGE.CLAIMED_UNTIL.isNull().or(OUTBOX_MESSAGE.CLAIMED_UNTIL.lt(now)))
                .orderBy(OUTBOX_MESSAGE.ID)
                .limit(limit)
                .execute();
        if (claimed == 0) {
            return List.of();
        }
        return sql.selectFrom(OUTBOX_MESSAGE)
                .where(OUTBOX_MESSAGE.STATE.eq("WAITING"))
                .and(OUTBOX_MESSAGE.CLAIM_TOKEN.eq(token))
                .orderBy(OUTBOX_MESSAGE.ID)
                .limit(limit)
                .fetch(row -> new Claimed(
                        row.getId(),
                        new Phone(cipher.decrypt(RECIPIENT, row.getRecipientCipher())),
                        row.getTemplate(),
                        params(row.getParamsCipher()),
                        row.getAttempts()));
    }

    void delivered(long id, Instant now) {
        sql.update(OUTBOX_MESSAGE)
                .set(OUTBOX_MESSAGE.STATE, "DELIVERED")
                .set(OUTBOX_MESSAGE.DELIVERED_AT, now)
                .set(OUTBOX_MESSAGE.ATTEMPTS, OUTBOX_MESSAGE.ATTEMPTS.plus(1))
                .where(OUTBOX_MESSAGE.ID.eq(id))
                .execute();
    }

    /** Waits longer after each attempt; after the last one the message has failed for good. */
    void failed(Claimed message, String error, Instant now) {
        int attempts = message.attempts() + 1;
        sql.update(OUTBOX_MESSAGE)
                .set(OUTBOX_MESSAGE.STATE, attempts >= MOST_ATTEMPTS ? "FAILED" : "WAITING")
                .set(OUTBOX_MESSAGE.ATTEMPTS, attempts)
                .set(OUTBOX_MESSAGE.CLAIM_TOKEN, DSL.castNull(OUTBOX_MESSAGE.CLAIM_TOKEN))
                .set(OUTBOX_MESSAGE.CLAIMED_UNTIL, now.plusSeconds(1L << attempts))
                .set(OUTBOX_MESSAGE.LAST_ERROR, error)
                .where(OUTBOX_MESSAGE.ID.eq(message.id()))
                .execute();
    }

    List<OutboxMessage> latest(Optional<Phone> to) {
        return sql.selectFrom(OUTBOX_MESSAGE)
                .where(to.map(phone -> OUTBOX_MESSAGE.RECIPIENT_INDEX.eq(cipher.blindIndex(RECIPIENT, phone.e164())))
                        .orElse(DSL.noCondition()))
                .orderBy(OUTBOX_MESSAGE.ID.desc())
                .limit(PAGE)
                .fetch(row -> new OutboxMessage(
                        row.getId(),
                        row.getRecipientMasked(),
                        row.getTemplate(),
                        params(row.getParamsCipher()),
                        row.getState(),
                        row.getCreatedAt(),
                        row.getDeliveredAt()));
    }

    private Map<String, String> params(byte[] encrypted) {
        return json.readValue(cipher.decrypt(PARAMS, encrypted), new TypeReference<>() {});
    }
}
