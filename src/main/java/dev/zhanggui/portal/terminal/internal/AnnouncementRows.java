package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL_ACTIVATION_TRY;
import static dev.zhanggui.db.Tables.TERMINAL_ANNOUNCEMENT;

import dev.zhanggui.db.tables.records.TerminalAnnouncementRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.TerminalId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What machines announced, and how often people mistyped. */
@Repository
class AnnouncementRows {

    private static final String COLUMN = "terminal_announcement.code";

    /** @param code null when the row holds none */
    record Announced(
            long id,
            TerminalId terminal,
            String deviceKey,
            @Nullable ShownCode code,
            boolean activated,
            Instant expiresAt,
            int version) {}

    private final DSLContext db;
    private final PersonalDataCipher cipher;

    AnnouncementRows(DSLContext db, PersonalDataCipher cipher) {
        this.db = db;
        this.cipher = cipher;
    }

    Optional<Announced> of(TerminalId terminal, String deviceKey) {
        return one(TERMINAL_ANNOUNCEMENT
                .TERMINAL_ID
                .eq(terminal.value())
                .and(TERMINAL_ANNOUNCEMENT.DEVICE_KEY_HASH.eq(sha256(deviceKey))));
    }

    Optional<Announced> byCode(ShownCode code) {
        return one(TERMINAL_ANNOUNCEMENT.CODE_INDEX.eq(cipher.blindIndex(COLUMN, code.characters())));
    }

    int announcedSince(TerminalId terminal, Instant since) {
        return db.fetchCount(
                TERMINAL_ANNOUNCEMENT,
                TERMINAL_ANNOUNCEMENT.TERMINAL_ID.eq(terminal.value()).and(TERMINAL_ANNOUNCEMENT.CREATED_AT.gt(since)));
    }

    /** Nothing happens when key or code are there already: look again after. */
    void insert(TerminalId terminal, String deviceKey, ShownCode code, Instant now, Instant expiresAt) {
        db.insertInto(TERMINAL_ANNOUNCEMENT)
                .set(TERMINAL_ANNOUNCEMENT.ID, Ids.next())
                .set(TERMINAL_ANNOUNCEMENT.TERMINAL_ID, terminal.value())
                .set(TERMINAL_ANNOUNCEMENT.DEVICE_KEY, deviceKey)
                .set(TERMINAL_ANNOUNCEMENT.DEVICE_KEY_HASH, sha256(deviceKey))
                .set(TERMINAL_ANNOUNCEMENT.CODE, cipher.encrypt(COLUMN, code.characters()))
                .set(TERMINAL_ANNOUNCEMENT.CODE_INDEX, cipher.blindIndex(COLUMN, code.characters()))
                .set(TERMINAL_ANNOUNCEMENT.STATE, "WAITING")
                .set(TERMINAL_ANNOUNCEMENT.EXPIRES_AT, expiresAt)
                .set(TERMINAL_ANNOUNCEMENT.CREATED_AT, now)
                .set(TERMINAL_ANNOUNCEMENT.VERSION, 1)
                .onDuplicateKeyUpdate()
                .set(TERMINAL_ANNOUNCEMENT.VERSION, TERMINAL_ANNOUNCEMENT.VERSION)
                .execute();
    }

    /** Nothing happens when somebody else renewed it meanwhile: look again after. */
    void renew(Announced announced, ShownCode code, Instant expiresAt) {
        db.update(TERMINAL_ANNOUNCEMENT)
                .set(TERMINAL_ANNOUNCEMENT.CODE, cipher.encrypt(COLUMN, code.characters()))
                .set(TERMINAL_ANNOUNCEMENT.CODE_INDEX, cipher.blindIndex(COLUMN, code.characters()))
                .set(TERMINAL_ANNOUNCEMENT.STATE, "WAITING")
                .set(TERMINAL_ANNOUNCEMENT.EXPIRES_AT, expiresAt)
                .set(TERMINAL_ANNOUNCEMENT.VERSION, TERMINAL_ANNOUNCEMENT.VERSION.plus(1))
                .where(TERMINAL_ANNOUNCEMENT.ID.eq(announced.id()))
                .and(TERMINAL_ANNOUNCEMENT.VERSION.eq(announced.version()))
                .execute();
    }

    void activated(Announced announced) {
        db.update(TERMINAL_ANNOUNCEMENT)
                .set(TERMINAL_ANNOUNCEMENT.STATE, "ACTIVATED")
                .set(TERMINAL_ANNOUNCEMENT.VERSION, TERMINAL_ANNOUNCEMENT.VERSION.plus(1))
                .where(TERMINAL_ANNOUNCEMENT.ID.eq(announced.id()))
                .execute();
    }

    void tried(Actor actor, Instant now) {
        db.insertInto(TERMINAL_ACTIVATION_TRY)
                .set(TERMINAL_ACTIVATION_TRY.ID, Ids.next())
                .set(TERMINAL_ACTIVATION_TRY.ACTOR_KIND, actor.kind().name())
                .set(TERMINAL_ACTIVATION_TRY.ACTOR_ID, actor.id())
                .set(TERMINAL_ACTIVATION_TRY.TRIED_AT, now)
                .execute();
    }

    /** When this actor mistyped after {@code since}, newest first. */
    List<Instant> triesSince(Actor actor, Instant since, int limit) {
        return db.select(TERMINAL_ACTIVATION_TRY.TRIED_AT)
                .from(TERMINAL_ACTIVATION_TRY)
                .where(TERMINAL_ACTIVATION_TRY.ACTOR_KIND.eq(actor.kind().name()))
                .and(TERMINAL_ACTIVATION_TRY.ACTOR_ID.eq(actor.id()))
                .and(TERMINAL_ACTIVATION_TRY.TRIED_AT.gt(since))
                .orderBy(TERMINAL_ACTIVATION_TRY.TRIED_AT.desc(), TERMINAL_ACTIVATION_TRY.ID.desc())
                .limit(limit)
                .fetch(TERMINAL_ACTIVATION_TRY.TRIED_AT);
    }

    private Optional<Announced> one(Condition condition) {
        return db.selectFrom(TERMINAL_ANNOUNCEMENT).where(condition).fetchOptional(this::announced);
    }

    private Announced announced(TerminalAnnouncementRecord row) {
        var code = row.getCode();
        return new Announced(
                row.getId(),
                new TerminalId(row.getTerminalId()),
                row.getDeviceKey(),
                code == null ? null : new ShownCode(cipher.decrypt(COLUMN, code)),
                row.getState().equals("ACTIVATED"),
                row.getExpiresAt(),
                row.getVersion());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
