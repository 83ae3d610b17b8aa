package dev.zhanggui.portal.api.internal;

import static dev.zhanggui.db.Tables.API_ANSWER;

import dev.zhanggui.portal.api.Answers;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jooq.DSLContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * The primary key decides who was first; each step commits by itself, so that two at once see each other. Bodies are encrypted:
 * an answer may hold a secret that is shown once.
 */
@Service
class StoredAnswers implements Answers {

    private static final String BODY = "api_answer.body";

    private static final Duration KEPT = Duration.ofDays(1);

    /** A request at work for longer than this died with its process: its key may be claimed anew. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(5);

    private static final int PURGE_MOST = 5_000;

    private final DSLContext db;
    private final PersonalDataCipher cipher;
    private final Clock clock;

    StoredAnswers(DSLContext db, PersonalDataCipher cipher, Clock clock) {
        this.db = db;
        this.cipher = cipher;
        this.clock = clock;
    }

    @Override
    public Claim claim(long apiKey, String idempotencyKey, byte[] digest) {
        var now = clock.instant();
        db.deleteFrom(API_ANSWER)
                .where(API_ANSWER.API_KEY_ID.eq(apiKey))
                .and(API_ANSWER.IDEMPOTENCY_KEY.eq(idempotencyKey))
                .and(API_ANSWER
                        .STARTED_AT
                        .lt(now.minus(KEPT))
                        .or(API_ANSWER.ANSWERED_AT.isNull().and(API_ANSWER.STARTED_AT.lt(now.minus(LONGEST_WORK)))))
                .execute();
        try {
            db.insertInto(API_ANSWER)
                    .set(API_ANSWER.API_KEY_ID, apiKey)
                    .set(API_ANSWER.IDEMPOTENCY_KEY, idempotencyKey)
                    .set(API_ANSWER.REQUEST_DIGEST, digest)
                    .set(API_ANSWER.STARTED_AT, now)
                    .execute();
            return new Claim.Mine();
        } catch (DuplicateKeyException e) {
            return db.selectFrom(API_ANSWER)
                    .where(API_ANSWER.API_KEY_ID.eq(apiKey))
                    .and(API_ANSWER.IDEMPOTENCY_KEY.eq(idempotencyKey))
                    .fetchOptional()
                    .<Claim>map(row -> {
                        if (!MessageDigest.isEqual(row.getRequestDigest(), digest)) {
                            return new Claim.OtherRequest();
                        }
                        return row.getAnsweredAt() == null
                                ? new Claim.AtWork()
                                : new Claim.Done(new Answer(
                                        row.getStatus(),
                                        row.getContentType(),
                                        row.getLocation(),
                                        cipher.decryptBytes(BODY, Objects.requireNonNull(row.getBody()))));
                    })
                    .orElseGet(Claim.AtWork::new);
        }
    }

    @Override
    public void keep(long apiKey, String idempotencyKey, Answer answer) {
        db.update(API_ANSWER)
                .set(API_ANSWER.ANSWERED_AT, clock.instant())
                .set(API_ANSWER.STATUS, answer.status())
                .set(API_ANSWER.CONTENT_TYPE, answer.contentType())
                .set(API_ANSWER.LOCATION, answer.location())
                .set(API_ANSWER.BODY, cipher.encryptBytes(BODY, answer.body()))
                .where(API_ANSWER.API_KEY_ID.eq(apiKey))
                .and(API_ANSWER.IDEMPOTENCY_KEY.eq(idempotencyKey))
                .execute();
    }

    @Override
    public void forget(long apiKey, String idempotencyKey) {
        db.deleteFrom(API_ANSWER)
                .where(API_ANSWER.API_KEY_ID.eq(apiKey))
                .and(API_ANSWER.IDEMPOTENCY_KEY.eq(idempotencyKey))
                .and(API_ANSWER.ANSWERED_AT.isNull())
                .execute();
    }

    @Scheduled(fixedDelay = 600_000, initialDelay = 60_000)
    void purge() {
        db.deleteFrom(API_ANSWER)
                .where(API_ANSWER.STARTED_AT.lt(clock.instant().minus(KEPT)))
                .limit(PURGE_MOST)
                .execute();
    }
}
