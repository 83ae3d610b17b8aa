package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_DOCUMENT;

import dev.zhanggui.portal.configuration.DocumentKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Signed documents by their digest: written once, never changed, forgotten long after the last use. */
@Repository
class SignedDocuments {

    /** Whatever a manifest pins is compiled again, and so touched, at least every {@link Horizon#WINDOW}. */
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(90);

    private static final Duration TOUCHED_EVERY = Duration.ofDays(1);

    private final DSLContext db;
    private final Clock clock;

    SignedDocuments(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    record Signed(DocumentKind kind, Jws jws) {}

    /** Stores those that are new. Reading first keeps documents shared by many stores, such as "no codes", out of locks. */
    void keep(Collection<Signed> documents, String scope, String keyId) {
        var now = clock.instant();
        var touched = new HashMap<String, java.time.Instant>();
        db.select(CONFIG_DOCUMENT.DIGEST, CONFIG_DOCUMENT.LAST_USED_AT)
                .from(CONFIG_DOCUMENT)
                .where(CONFIG_DOCUMENT.DIGEST.in(documents.stream()
                        .map(document -> document.jws().digest())
                        .toList()))
                .forEach(row -> touched.put(row.value1(), row.value2()));
        documents.stream()
                .sorted(Comparator.comparing(document -> document.jws().digest()))
                .forEach(document -> {
                    var digest = document.jws().digest();
                    var lastUsed = touched.get(digest);
                    if (lastUsed == null) {
                        db.insertInto(CONFIG_DOCUMENT)
                                .set(CONFIG_DOCUMENT.DIGEST, digest)
                                .set(CONFIG_DOCUMENT.KIND, document.kind().name())
                                .set(CONFIG_DOCUMENT.SCOPE, scope)
                                .set(CONFIG_DOCUMENT.KEY_ID, keyId)
                                .set(CONFIG_DOCUMENT.JWS, document.jws().text())
                                .set(CONFIG_DOCUMENT.SIZE, document.jws().size())
                                .set(CONFIG_DOCUMENT.CREATED_AT, now)
                                .set(CONFIG_DOCUMENT.LAST_USED_AT, now)
                                .onDuplicateKeyUpdate()
                                .set(CONFIG_DOCUMENT.LAST_USED_AT, now)
                                .execute();
                    } else if (lastUsed.isBefore(now.minus(TOUCHED_EVERY))) {
                        db.update(CONFIG_DOCUMENT)
                                .set(CONFIG_DOCUMENT.LAST_USED_AT, now)
                                .where(CONFIG_DOCUMENT.DIGEST.eq(digest))
                                .execute();
                    }
                });
    }

    Map<String, String> byDigest(Collection<String> digests) {
        return db.select(CONFIG_DOCUMENT.DIGEST, CONFIG_DOCUMENT.JWS)
                .from(CONFIG_DOCUMENT)
                .where(CONFIG_DOCUMENT.DIGEST.in(digests))
                .fetchMap(CONFIG_DOCUMENT.DIGEST, CONFIG_DOCUMENT.JWS);
    }

    /** Deletes some that nobody used for long. */
    int forget(int most) {
        var old = db.select(CONFIG_DOCUMENT.DIGEST)
                .from(CONFIG_DOCUMENT)
                .where(CONFIG_DOCUMENT.LAST_USED_AT.lt(clock.instant().minus(FORGOTTEN_AFTER)))
                .orderBy(CONFIG_DOCUMENT.LAST_USED_AT, CONFIG_DOCUMENT.DIGEST)
                .limit(most)
                .fetch(CONFIG_DOCUMENT.DIGEST);
        return old.isEmpty()
                ? 0
                : db.deleteFrom(CONFIG_DOCUMENT)
                        .where(CONFIG_DOCUMENT.DIGEST.in(old))
                        .execute();
    }

    /** The digests that a manifest pins, as one column: {@code "hours=… codes=…"}; also the content's identity. */
    static String pins(List<Signed> documents) {
        return documents.stream()
                .sorted(Comparator.comparing(Signed::kind))
                .map(document -> document.kind().name().toLowerCase(java.util.Locale.ROOT) + "="
                        + document.jws().digest())
                .collect(java.util.stream.Collectors.joining(" "));
    }

    static List<String> digestsIn(String pins) {
        return java.util.Arrays.stream(pins.split(" "))
                .map(pin -> pin.substring(pin.indexOf('=') + 1))
                .toList();
    }
}
