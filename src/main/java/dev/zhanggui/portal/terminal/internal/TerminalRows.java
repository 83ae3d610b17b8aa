package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL;
import static dev.zhanggui.db.Tables.TERMINAL_BINDING;
import static dev.zhanggui.db.Tables.TERMINAL_PRESENCE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Binding;
import dev.zhanggui.portal.terminal.Model;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminal.Presence;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals.Sighting;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Terminals, their bindings and what was last seen of them. */
@Repository
class TerminalRows {

    private static final int CHUNK = 500;

    /** As wide as the columns. */
    private static final int LONGEST_WORD = 60;

    private final DSLContext db;

    TerminalRows(DSLContext db) {
        this.db = db;
    }

    Optional<Terminal> find(TerminalId id) {
        return one(TERMINAL.ID.eq(id.value()));
    }

    Optional<Terminal> bySerial(Serial serial) {
        return one(TERMINAL.SERIAL.eq(serial.value()));
    }

    Optional<Terminal> byPublicId(String publicId) {
        return one(TERMINAL.PUBLIC_ID.eq(publicId));
    }

    List<Terminal> boundTo(StoreId store, int limit) {
        return joined().where(TERMINAL_BINDING.STORE_ID.eq(store.value()))
                .orderBy(TERMINAL_BINDING.SEAT, TERMINAL.ID)
                .limit(limit)
                .fetch(TerminalRows::terminal);
    }

    List<StoreId> storesWith(ModelId model, StoreId after, int limit) {
        return db.selectDistinct(TERMINAL_BINDING.STORE_ID)
                .from(TERMINAL_BINDING)
                .join(TERMINAL)
                .on(TERMINAL.ID.eq(TERMINAL_BINDING.CURRENT_TERMINAL_ID))
                .where(TERMINAL.MODEL.eq(model.value()))
                .and(TERMINAL_BINDING.STORE_ID.gt(after.value()))
                .orderBy(TERMINAL_BINDING.STORE_ID)
                .limit(limit)
                .fetch(row -> new StoreId(row.value1()));
    }

    int countStoresWith(ModelId model) {
        return db.select(countDistinct(TERMINAL_BINDING.STORE_ID))
                .from(TERMINAL_BINDING)
                .join(TERMINAL)
                .on(TERMINAL.ID.eq(TERMINAL_BINDING.CURRENT_TERMINAL_ID))
                .where(TERMINAL.MODEL.eq(model.value()))
                .fetchSingle()
                .value1();
    }

    Map<TerminalId, ModelId> models(Collection<TerminalId> ids, int limit) {
        return db.select(TERMINAL.ID, TERMINAL.MODEL)
                .from(TERMINAL)
                .where(TERMINAL.ID.in(ids.stream().map(TerminalId::value).toList()))
                .orderBy(TERMINAL.ID)
                .limit(limit)
                .fetchMap(row -> new TerminalId(row.value1()), row -> new ModelId(row.value2()));
    }

    List<Terminal> oldestInStock(ModelId model, int limit) {
        return joined().where(TERMINAL.STATE.eq(TerminalState.IN_STOCK.name()))
                .and(TERMINAL.MODEL.eq(model.value()))
                .orderBy(TERMINAL.STOCKED_AT, TERMINAL.ID)
                .limit(limit)
                .fetch(TerminalRows::terminal);
    }

    Map<ModelId, Integer> countInStock() {
        return db.select(TERMINAL.MODEL, count())
                .from(TERMINAL)
                .where(TERMINAL.STATE.eq(TerminalState.IN_STOCK.name()))
                .groupBy(TERMINAL.MODEL)
                .orderBy(TERMINAL.MODEL)
                .fetchMap(row -> new ModelId(row.value1()), row -> row.value2());
    }

    /** Those of the serials that were ever taken in. */
    Set<String> known(Collection<String> serials) {
        var known = new HashSet<String>();
        for (var chunk : chunks(serials)) {
            known.addAll(db.select(TERMINAL.SERIAL)
                    .from(TERMINAL)
                    .where(TERMINAL.SERIAL.in(chunk))
                    .fetch(TERMINAL.SERIAL));
        }
        return known;
    }

    /** Inserts those whose serial is new; the unique key judges. Answers with the serials that went in. */
    Set<String> insert(Model model, Collection<String> serials, Instant now) {
        var inserted = new HashSet<String>();
        for (var chunk : chunks(serials)) {
            var ids = chunk.stream().collect(Collectors.toMap(serial -> serial, serial -> Ids.next()));
            var insert = db.insertInto(
                    TERMINAL,
                    TERMINAL.ID,
                    TERMINAL.PUBLIC_ID,
                    TERMINAL.SERIAL,
                    TERMINAL.MODEL,
                    TERMINAL.DEVICE_CLASS,
                    TERMINAL.STATE,
                    TERMINAL.STOCKED_AT,
                    TERMINAL.VERSION);
            for (var serial : chunk) {
                insert = insert.values(
                        ids.get(serial),
                        Ids.ulid(),
                        serial,
                        model.id().value(),
                        model.deviceClass().name(),
                        TerminalState.IN_STOCK.name(),
                        now,
                        1);
            }
            insert.onDuplicateKeyUpdate()
                    .set(TERMINAL.VERSION, TERMINAL.VERSION)
                    .execute();
            inserted.addAll(db.select(TERMINAL.SERIAL)
                    .from(TERMINAL)
                    .where(TERMINAL.ID.in(ids.values()))
                    .fetch(TERMINAL.SERIAL));
        }
        return inserted;
    }

    /** False when the terminal is no longer at that version. */
    boolean move(Terminal terminal, TerminalState next, @Nullable MerchantId destinedFor) {
        return db.update(TERMINAL)
                        .set(TERMINAL.STATE, next.name())
                        .set(TERMINAL.DESTINED_FOR, destinedFor == null ? null : destinedFor.value())
                        .set(TERMINAL.VERSION, TERMINAL.VERSION.plus(1))
                        .where(TERMINAL.ID.eq(terminal.id().value()))
                        .and(TERMINAL.VERSION.eq(terminal.version()))
                        .execute()
                == 1;
    }

    /** False when the terminal is no longer at that version. */
    boolean rename(Terminal terminal, String seat) {
        boolean current = db.update(TERMINAL)
                        .set(TERMINAL.VERSION, TERMINAL.VERSION.plus(1))
                        .where(TERMINAL.ID.eq(terminal.id().value()))
                        .and(TERMINAL.VERSION.eq(terminal.version()))
                        .execute()
                == 1;
        if (current) {
            db.update(TERMINAL_BINDING)
                    .set(TERMINAL_BINDING.SEAT, seat)
                    .set(TERMINAL_BINDING.VERSION, TERMINAL_BINDING.VERSION.plus(1))
                    .where(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(terminal.id().value()))
                    .execute();
        }
        return current;
    }

    /**
     * The device key and revision of the present binding.
     *
     * @param tokenEnded the terminal has connected with a certificate, or lost it: see {@link TerminalCertificates}
     */
    record Credential(int revision, String deviceKey, boolean tokenEnded) {}

    Optional<Credential> credential(String publicId) {
        return db.select(TERMINAL_BINDING.REVISION, TERMINAL_BINDING.DEVICE_KEY, TERMINAL_BINDING.TOKEN_ENDED_AT)
                .from(TERMINAL)
                .join(TERMINAL_BINDING)
                .on(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(TERMINAL.ID))
                .where(TERMINAL.PUBLIC_ID.eq(publicId))
                .fetchOptional(row -> new Credential(row.value1(), row.value2(), row.value3() != null));
    }

    /** By public id. */
    Map<String, Credential> credentials(Collection<String> publicIds) {
        return db.select(
                        TERMINAL.PUBLIC_ID,
                        TERMINAL_BINDING.REVISION,
                        TERMINAL_BINDING.DEVICE_KEY,
                        TERMINAL_BINDING.TOKEN_ENDED_AT)
                .from(TERMINAL)
                .join(TERMINAL_BINDING)
                .on(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(TERMINAL.ID))
                .where(TERMINAL.PUBLIC_ID.in(publicIds))
                .fetchMap(TERMINAL.PUBLIC_ID, row -> new Credential(row.value2(), row.value3(), row.value4() != null));
    }

    int nextRevision(TerminalId terminal) {
        var last = db.select(TERMINAL_BINDING.REVISION)
                .from(TERMINAL_BINDING)
                .where(TERMINAL_BINDING.TERMINAL_ID.eq(terminal.value()))
                .orderBy(TERMINAL_BINDING.REVISION.desc())
                .limit(1)
                .fetchOne(TERMINAL_BINDING.REVISION);
        return last == null ? 1 : last + 1;
    }

    void bind(Binding binding, String deviceKey) {
        db.insertInto(TERMINAL_BINDING)
                .set(TERMINAL_BINDING.ID, Ids.next())
                .set(TERMINAL_BINDING.TERMINAL_ID, binding.terminal().value())
                .set(TERMINAL_BINDING.CURRENT_TERMINAL_ID, binding.terminal().value())
                .set(TERMINAL_BINDING.REVISION, binding.revision())
                .set(TERMINAL_BINDING.MERCHANT_ID, binding.merchant().value())
                .set(TERMINAL_BINDING.STORE_ID, binding.store().value())
                .set(TERMINAL_BINDING.SEAT, binding.seat())
                .set(TERMINAL_BINDING.DEVICE_KEY, deviceKey)
                .set(TERMINAL_BINDING.ACQUIRER_CODE, binding.acquirerCode())
                .set(TERMINAL_BINDING.MERCHANT_CODE, binding.merchantCode())
                .set(TERMINAL_BINDING.USCC, binding.uscc())
                .set(TERMINAL_BINDING.SETTLEMENT_ACCOUNT, binding.settlementAccount())
                .set(TERMINAL_BINDING.PLACE, binding.place())
                .set(TERMINAL_BINDING.VALID_FROM, binding.from())
                .set(TERMINAL_BINDING.VERSION, 1)
                .execute();
    }

    void endBinding(TerminalId terminal, Instant now, String reason) {
        db.update(TERMINAL_BINDING)
                .setNull(TERMINAL_BINDING.CURRENT_TERMINAL_ID)
                .set(TERMINAL_BINDING.VALID_UNTIL, now)
                .set(TERMINAL_BINDING.ENDED_BECAUSE, reason)
                .set(TERMINAL_BINDING.VERSION, TERMINAL_BINDING.VERSION.plus(1))
                .where(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(terminal.value()))
                .execute();
    }

    List<Binding> bindings(TerminalId terminal) {
        return db.selectFrom(TERMINAL_BINDING)
                .where(TERMINAL_BINDING.TERMINAL_ID.eq(terminal.value()))
                .orderBy(TERMINAL_BINDING.REVISION.desc())
                .limit(CHUNK)
                .fetch(row -> new Binding(
                        new TerminalId(row.getTerminalId()),
                        row.getRevision(),
                        new MerchantId(row.getMerchantId()),
                        new StoreId(row.getStoreId()),
                        row.getSeat(),
                        row.getAcquirerCode(),
                        row.getMerchantCode(),
                        row.getUscc(),
                        row.getSettlementAccount(),
                        row.getPlace(),
                        row.getValidFrom(),
                        row.getValidUntil(),
                        row.getEndedBecause()));
    }

    /** Keeps the newest word; {@code since} moves only when the terminal came or went. */
    void seen(Sighting whole) {
        // Terminals may say what they like: too long a word must not make the bridge repeat its batch for ever.
        var sighting =
                new Sighting(whole.publicId(), whole.online(), whole.at(), cut(whole.firmware()), cut(whole.bootId()));
        var id = db.select(TERMINAL.ID)
                .from(TERMINAL)
                .where(TERMINAL.PUBLIC_ID.eq(sighting.publicId()))
                .fetchOptional(TERMINAL.ID);
        if (id.isEmpty()) {
            return;
        }
        db.insertInto(TERMINAL_PRESENCE)
                .set(TERMINAL_PRESENCE.TERMINAL_ID, id.get())
                .set(TERMINAL_PRESENCE.ONLINE, sighting.online())
                .set(TERMINAL_PRESENCE.SINCE, sighting.at())
                .set(TERMINAL_PRESENCE.LAST_SEEN, sighting.at())
                .set(TERMINAL_PRESENCE.FIRMWARE, sighting.firmware())
                .set(TERMINAL_PRESENCE.BOOT_ID, sighting.bootId())
                .onDuplicateKeyUpdate()
                .set(TERMINAL_PRESENCE.LAST_SEEN, TERMINAL_PRESENCE.LAST_SEEN)
                .execute();
        // MySQL assigns from left to right: `since` must still see the old `online`.
        var update = db.update(TERMINAL_PRESENCE)
                .set(
                        TERMINAL_PRESENCE.SINCE,
                        when(
                                        TERMINAL_PRESENCE.ONLINE.ne(sighting.online()),
                                        val(sighting.at(), TERMINAL_PRESENCE.SINCE))
                                .otherwise(TERMINAL_PRESENCE.SINCE))
                .set(TERMINAL_PRESENCE.ONLINE, sighting.online())
                .set(TERMINAL_PRESENCE.LAST_SEEN, sighting.at());
        if (sighting.firmware() != null) {
            update = update.set(TERMINAL_PRESENCE.FIRMWARE, sighting.firmware());
        }
        if (sighting.bootId() != null) {
            update = update.set(TERMINAL_PRESENCE.BOOT_ID, sighting.bootId());
        }
        update.where(TERMINAL_PRESENCE.TERMINAL_ID.eq(id.get()))
                .and(TERMINAL_PRESENCE.LAST_SEEN.le(sighting.at()))
                .execute();
    }

    private static @Nullable String cut(@Nullable String word) {
        return word == null || word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    }

    private Optional<Terminal> one(Condition condition) {
        return joined().where(condition).fetchOptional(TerminalRows::terminal);
    }

    private SelectOnConditionStep<Record> joined() {
        return db.select(TERMINAL.fields())
                .select(TERMINAL_BINDING.STORE_ID, TERMINAL_BINDING.SEAT)
                .select(TERMINAL_PRESENCE.fields())
                .from(TERMINAL)
                .leftJoin(TERMINAL_BINDING)
                .on(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(TERMINAL.ID))
                .leftJoin(TERMINAL_PRESENCE)
                .on(TERMINAL_PRESENCE.TERMINAL_ID.eq(TERMINAL.ID));
    }

    private static Terminal terminal(Record row) {
        Long destined = row.get(TERMINAL.DESTINED_FOR);
        Long store = row.get(TERMINAL_BINDING.STORE_ID);
        return new Terminal(
                new TerminalId(row.get(TERMINAL.ID)),
                row.get(TERMINAL.PUBLIC_ID),
                new Serial(row.get(TERMINAL.SERIAL)),
                new ModelId(row.get(TERMINAL.MODEL)),
                DeviceClass.valueOf(row.get(TERMINAL.DEVICE_CLASS)),
                TerminalState.valueOf(row.get(TERMINAL.STATE)),
                destined == null ? null : new MerchantId(destined),
                store == null ? null : new StoreId(store),
                row.get(TERMINAL_BINDING.SEAT),
                row.get(TERMINAL_PRESENCE.TERMINAL_ID) == null
                        ? null
                        : new Presence(
                                row.get(TERMINAL_PRESENCE.ONLINE),
                                row.get(TERMINAL_PRESENCE.SINCE),
                                row.get(TERMINAL_PRESENCE.LAST_SEEN),
                                row.get(TERMINAL_PRESENCE.FIRMWARE),
                                row.get(TERMINAL_PRESENCE.BOOT_ID)),
                row.get(TERMINAL.VERSION));
    }

    private static List<List<String>> chunks(Collection<String> all) {
        var list = List.copyOf(all);
        return IntStream.iterate(0, i -> i < list.size(), i -> i + CHUNK)
                .mapToObj(i -> list.subList(i, Math.min(i + CHUNK, list.size())))
                .toList();
    }
}
