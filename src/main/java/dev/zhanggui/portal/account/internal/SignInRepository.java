package dev.zhanggui.portal.account.internal;

import static dev.zhanggui.db.Tables.SIGN_IN_CODE;
import static dev.zhanggui.db.Tables.SIGN_IN_TRY;

import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.Phone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** One-time codes and what the throttle counts. */
@Repository
class SignInRepository {

    private static final String PHONE = "sign_in_code.phone";
    private static final String CODE = "sign_in_code.code";
    private static final String BUCKET = "sign_in_try.bucket";

    /** @param hash keyed: six digits could be guessed from a plain one */
    record Code(long id, byte[] hash, Instant expiresAt, int triesLeft) {}

    private final DSLContext sql;
    private final PersonalDataCipher cipher;

    SignInRepository(DSLContext sql, PersonalDataCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    byte[] hash(Phone phone, String code) {
        return cipher.blindIndex(CODE, phone.e164() + "|" + code);
    }

    void insertCode(Phone phone, String code, Instant now, Duration valid, int tries) {
        sql.insertInto(SIGN_IN_CODE)
                .set(SIGN_IN_CODE.ID, Ids.next())
                .set(SIGN_IN_CODE.PHONE_INDEX, cipher.blindIndex(PHONE, phone.e164()))
                .set(SIGN_IN_CODE.CODE_HASH, hash(phone, code))
                .set(SIGN_IN_CODE.EXPIRES_AT, now.plus(valid))
                .set(SIGN_IN_CODE.TRIES_LEFT, tries)
                .set(SIGN_IN_CODE.CREATED_AT, now)
                .execute();
    }

    /** The newest code of this phone that is neither used, old, nor tried out. */
    Optional<Code> current(Phone phone, Instant now) {
        return sql.selectFrom(SIGN_IN_CODE)
                .where(SIGN_IN_CODE.PHONE_INDEX.eq(cipher.blindIndex(PHONE, phone.e164())))
                .orderBy(SIGN_IN_CODE.ID.desc())
                .limit(1)
                .fetchOptional()
                .filter(row -> row.getUsedAt() == null
                        && row.getTriesLeft() > 0
                        && row.getExpiresAt().isAfter(now))
                .map(row -> new Code(row.getId(), row.getCodeHash(), row.getExpiresAt(), row.getTriesLeft()));
    }

    /** Takes one try; false when a parallel request took the last one or used the code. */
    boolean takeTry(Code code) {
        return sql.update(SIGN_IN_CODE)
                        .set(SIGN_IN_CODE.TRIES_LEFT, SIGN_IN_CODE.TRIES_LEFT.minus(1))
                        .where(SIGN_IN_CODE.ID.eq(code.id()))
                        .and(SIGN_IN_CODE.TRIES_LEFT.gt(0))
                        .and(SIGN_IN_CODE.USED_AT.isNull())
                        .execute()
                == 1;
    }

    boolean use(Code code, Instant now) {
        return sql.update(SIGN_IN_CODE)
                        .set(SIGN_IN_CODE.USED_AT, now)
                        .where(SIGN_IN_CODE.ID.eq(code.id()))
                        .and(SIGN_IN_CODE.USED_AT.isNull())
                        .execute()
                == 1;
    }

    /** When the bucket has room again, if it is full now. */
    Optional<Duration> full(String bucket, int most, Duration window, Instant now) {
        var times = sql.select(SIGN_IN_TRY.AT)
                .from(SIGN_IN_TRY)
                .where(SIGN_IN_TRY.BUCKET.eq(cipher.blindIndex(BUCKET, bucket)))
                .and(SIGN_IN_TRY.AT.gt(now.minus(window)))
                .orderBy(SIGN_IN_TRY.AT.desc())
                .limit(most)
                .fetch(SIGN_IN_TRY.AT);
        return times.size() < most
                ? Optional.empty()
                : Optional.of(Duration.between(now, times.getLast().plus(window)));
    }

    void count(String bucket, Instant now) {
        sql.insertInto(SIGN_IN_TRY)
                .set(SIGN_IN_TRY.ID, Ids.next())
                .set(SIGN_IN_TRY.BUCKET, cipher.blindIndex(BUCKET, bucket))
                .set(SIGN_IN_TRY.AT, now)
                .execute();
    }

    void forgetBefore(Instant moment, int most) {
        sql.deleteFrom(SIGN_IN_TRY)
                .where(SIGN_IN_TRY.AT.lt(moment))
                .orderBy(SIGN_IN_TRY.AT)
                .limit(most)
                .execute();
        sql.deleteFrom(SIGN_IN_CODE)
                .where(SIGN_IN_CODE.EXPIRES_AT.lt(moment))
                .orderBy(SIGN_IN_CODE.ID)
                .limit(most)
                .execute();
    }
}
