package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_DOCUMENT;

import dev.zhanggui.db.tables.records.ConfigDocumentRecord;
import dev.zhanggui.portal.configuration.DocumentKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /**
     * Stores those that are new. Reading first keeps documents shared by many stores, such as "no codes", out of locks; always in the same order.
     *
     * @param byScope whose they are
     */
    void keep(Map<String, List<Signed>> byScope, String keyId) {
        var now = clock.instant();
        var rows = new TreeMap<String, ConfigDocumentRecord>();
        byScope.forEach((scope, documents) ->
                documents.forEach(it -> rows.putIfAbsent(it.jws().digest(), row(it, scope, keyId, now))));
        if (rows.isEmpty()) {
            return;
        }
        var stale = new ArrayList<String>();
        db.select(CONFIG_DOCUMENT.DIGEST, CONFIG_DOCUMENT.LAST_USED_AT)
                .from(CONFIG_DOCUMENT)
                .where(CONFIG_DOCUMENT.DIGEST.in(rows.keySet()))
                .orderBy(CONFIG_DOCUMENT.DIGEST)
                .forEach(known -> {
                    rows.remove(known.value1());
                    if (known.value2().isBefore(now.minus(TOUCHED_EVERY))) {
                        stale.add(known.value1());
                    }
                });
        if (!rows.isEmpty()) {
            // A single statement for all of them; whoever was faster with one of the same content only dated it.
            db.insertInto(CONFIG_DOCUMENT, CONFIG_DOCUMENT.fields())
                    .valuesOfRecords(rows.values())
                    .onDuplicateKeyUpdate()
                    .set(CONFIG_DOCUMENT.LAST_USED_AT, now)
                    .execute();
        }
        if (!stale.isEmpty()) {
            db.update(CONFIG_DOCUMENT)
                    .set(CONFIG_DOCUMENT.LAST_USED_AT, now)
                    .where(CONFIG_DOCUMENT.DIGEST.in(stale))
                    .execute();
        }
    }

    private static ConfigDocumentRecord row(Signed document, String scope, String keyId, Instant now) {
        var row = new ConfigDocumentRecord();
        row.setDigest(document.jws().digest());
        row.setKind(document.kind().name());
        row.setScope(scope);
        row.setKeyId(keyId);
        row.setJws(document.jws().text());
        row.setSize(document.jws().size());
        row.setCreatedAt(now);
        row.setLastUsedAt(now);
        return row;
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
