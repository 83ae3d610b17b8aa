package dev.zhanggui.portal.merchant.internal;

import static dev.zhanggui.db.Tables.MERCHANT;
import static dev.zhanggui.db.Tables.SETTLEMENT_ACCOUNT;
import static dev.zhanggui.db.Tables.STORE;

import dev.zhanggui.db.tables.records.MerchantRecord;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.CorporateAccount;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class MerchantRepository {

    private static final int MOST_STORES = 2_000;
    private static final String HOLDER = "settlement_account.holder";
    private static final String NUMBER = "settlement_account.number";

    private final DSLContext sql;
    private final PersonalDataCipher cipher;

    MerchantRepository(DSLContext sql, PersonalDataCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    Optional<Merchant> merchant(MerchantId id) {
        return sql.selectFrom(MERCHANT).where(MERCHANT.ID.eq(id.value())).fetchOptional(MerchantRepository::toMerchant);
    }

    Optional<Merchant> merchantByPublicId(String publicId) {
        return sql.selectFrom(MERCHANT)
                .where(MERCHANT.PUBLIC_ID.eq(publicId))
                .fetchOptional(MerchantRepository::toMerchant);
    }

    List<Merchant> merchants(Collection<MerchantId> ids) {
        return sql.selectFrom(MERCHANT)
                .where(MERCHANT.ID.in(ids.stream().map(MerchantId::value).toList()))
                .orderBy(MERCHANT.ID)
                .fetch(MerchantRepository::toMerchant);
    }

    private static Merchant toMerchant(MerchantRecord row) {
        return new Merchant(
                new MerchantId(row.getId()),
                row.getPublicId(),
                row.getName(),
                MerchantKind.valueOf(row.getKind()),
                row.getUscc(),
                row.getFrozenReason(),
                row.getFrozenAt(),
                row.getVersion());
    }

    List<Merchant> frozen(int most) {
        return sql.selectFrom(MERCHANT)
                .where(MERCHANT.FROZEN_AT.isNotNull())
                .orderBy(MERCHANT.FROZEN_AT.desc(), MERCHANT.ID.desc())
                .limit(most)
                .fetch(MerchantRepository::toMerchant);
    }

    /** Each way in stands on an index of its own, so each is asked by itself. */
    List<Merchant> search(String text, int most) {
        var ids = new LinkedHashSet<Long>();
        ids.addAll(ids(MERCHANT.PUBLIC_ID.eq(text.toUpperCase(Locale.ROOT)), most));
        ids.addAll(ids(MERCHANT.USCC.eq(text.toUpperCase(Locale.ROOT)), most));
        ids.addAll(ids(MERCHANT.NAME.startsWith(text), most));
        ids.addAll(sql.select(STORE.MERCHANT_ID)
                .from(STORE)
                .where(STORE.NAME.startsWith(text))
                .orderBy(STORE.NAME, STORE.MERCHANT_ID)
                .limit(most)
                .fetch(STORE.MERCHANT_ID));
        return ids.isEmpty()
                ? List.of()
                : sql.selectFrom(MERCHANT)
                        .where(MERCHANT.ID.in(ids))
                        .orderBy(MERCHANT.NAME, MERCHANT.ID)
                        .limit(most)
                        .fetch(MerchantRepository::toMerchant);
    }

    private List<Long> ids(Condition condition, int most) {
        return sql.select(MERCHANT.ID)
                .from(MERCHANT)
                .where(condition)
                .orderBy(MERCHANT.NAME, MERCHANT.ID)
                .limit(most)
                .fetch(MERCHANT.ID);
    }

    /** @return false when the version is not the current one */
    boolean setFrozen(MerchantId id, int version, @Nullable String reason, @Nullable Instant at) {
        return sql.update(MERCHANT)
                        .set(MERCHANT.FROZEN_REASON, reason)
                        .set(MERCHANT.FROZEN_AT, at)
                        .set(MERCHANT.VERSION, version + 1)
                        .where(MERCHANT.ID.eq(id.value()))
                        .and(MERCHANT.VERSION.eq(version))
                        .execute()
                == 1;
    }

    List<StoreId> storeIdsOf(MerchantId merchant) {
        return sql.select(STORE.ID)
                .from(STORE)
                .where(STORE.MERCHANT_ID.eq(merchant.value()))
                .orderBy(STORE.ID)
                .fetch(row -> new StoreId(row.value1()));
    }

    Optional<String> settlementAccount(MerchantId id) {
        return sql.select(SETTLEMENT_ACCOUNT.NUMBER_MASKED)
                .from(SETTLEMENT_ACCOUNT)
                .where(SETTLEMENT_ACCOUNT.MERCHANT_ID.eq(id.value()))
                .orderBy(SETTLEMENT_ACCOUNT.FROM_AT.desc(), SETTLEMENT_ACCOUNT.ID.desc())
                .limit(1)
                .fetchOptional(SETTLEMENT_ACCOUNT.NUMBER_MASKED);
    }

    Optional<Store> store(StoreId id) {
        return stores(STORE.ID.eq(id.value())).stream().findFirst();
    }

    Optional<Store> storeByPublicId(String publicId) {
        return stores(STORE.PUBLIC_ID.eq(publicId)).stream().findFirst();
    }

    List<Store> storesOf(Collection<MerchantId> merchants) {
        return merchants.isEmpty()
                ? List.of()
                : stores(STORE.MERCHANT_ID.in(
                        merchants.stream().map(MerchantId::value).toList()));
    }

    List<Store> storesInIndustries(Collection<String> industries, StoreId after, int most) {
        return joined().where(STORE.INDUSTRY.in(industries))
                .and(STORE.ID.gt(after.value()))
                .orderBy(STORE.ID)
                .limit(most)
                .fetch(MerchantRepository::toStore);
    }

    List<Store> storesOf(Collection<MerchantId> merchants, StoreId after, int most) {
        return joined().where(STORE.MERCHANT_ID.in(
                        merchants.stream().map(MerchantId::value).toList()))
                .and(STORE.ID.gt(after.value()))
                .orderBy(STORE.ID)
                .limit(most)
                .fetch(MerchantRepository::toStore);
    }

    List<Store> stores(Collection<StoreId> ids) {
        return ids.isEmpty()
                ? List.of()
                : stores(STORE.ID.in(ids.stream().map(StoreId::value).toList()));
    }

    List<Store> storesIn(String region, StoreId after, int limit) {
        return joined().where(STORE.ID.gt(after.value()))
                .and(in(region))
                .orderBy(STORE.ID)
                .limit(limit)
                .fetch(MerchantRepository::toStore);
    }

    int countStoresIn(String region) {
        return sql.fetchCount(STORE, in(region));
    }

    private static Condition in(String region) {
        return region.isEmpty() ? DSL.noCondition() : STORE.REGION_CODE.startsWith(region);
    }

    List<Store> searchStores(String text, int most) {
        return joined().where(STORE.NAME.startsWith(text).or(STORE.PUBLIC_ID.eq(text.toUpperCase(Locale.ROOT))))
                .orderBy(STORE.NAME, STORE.ID)
                .limit(most)
                .fetch(MerchantRepository::toStore);
    }

    Map<String, Integer> storesByIndustry() {
        return sql.select(STORE.INDUSTRY, DSL.count())
                .from(STORE)
                .groupBy(STORE.INDUSTRY)
                .orderBy(STORE.INDUSTRY)
                .fetchMap(STORE.INDUSTRY, DSL.count());
    }

    private SelectOnConditionStep<Record> joined() {
        return sql.select(STORE.fields())
                .select(MERCHANT.NAME.as("merchant_name"))
                .from(STORE)
                .join(MERCHANT)
                .on(MERCHANT.ID.eq(STORE.MERCHANT_ID));
    }

    private List<Store> stores(Condition condition) {
        return joined().where(condition)
                .orderBy(STORE.MERCHANT_ID, STORE.ID)
                .limit(MOST_STORES)
                .fetch(MerchantRepository::toStore);
    }

    private static Store toStore(Record row) {
        return new Store(
                new StoreId(row.get(STORE.ID)),
                row.get(STORE.PUBLIC_ID),
                new MerchantId(row.get(STORE.MERCHANT_ID)),
                row.get("merchant_name", String.class),
                row.get(STORE.NAME),
                row.get(STORE.NAME_EN),
                row.get(STORE.REGION_CODE),
                row.get(STORE.ADDRESS),
                ZoneId.of(row.get(STORE.ZONE)),
                row.get(STORE.INDUSTRY),
                row.get(STORE.VERSION));
    }

    MerchantId insert(NewMerchant merchant, Instant now) {
        var id = new MerchantId(Ids.next());
        sql.insertInto(MERCHANT)
                .set(MERCHANT.ID, id.value())
                .set(MERCHANT.PUBLIC_ID, Ids.ulid())
                .set(MERCHANT.NAME, merchant.name())
                .set(MERCHANT.KIND, merchant.kind().name())
                .set(MERCHANT.USCC, merchant.uscc())
                .set(MERCHANT.CREATED_AT, now)
                .set(MERCHANT.VERSION, 0)
                .execute();
        var account = merchant.settlementNumber();
        sql.insertInto(SETTLEMENT_ACCOUNT)
                .set(SETTLEMENT_ACCOUNT.ID, Ids.next())
                .set(SETTLEMENT_ACCOUNT.MERCHANT_ID, id.value())
                .set(SETTLEMENT_ACCOUNT.HOLDER_CIPHER, cipher.encrypt(HOLDER, merchant.settlementHolder()))
                .set(SETTLEMENT_ACCOUNT.NUMBER_CIPHER, cipher.encrypt(NUMBER, account.number()))
                .set(SETTLEMENT_ACCOUNT.NUMBER_INDEX, cipher.blindIndex(NUMBER, account.number()))
                .set(SETTLEMENT_ACCOUNT.NUMBER_MASKED, account.masked())
                .set(
                        SETTLEMENT_ACCOUNT.KIND,
                        switch (account) {
                            case BankCard card -> "BANK_CARD";
                            case CorporateAccount corporate -> "CORPORATE_ACCOUNT";
                        })
                .set(SETTLEMENT_ACCOUNT.FROM_AT, now)
                .execute();
        return id;
    }

    StoreId insert(MerchantId merchant, NewStore store, Instant now) {
        var id = new StoreId(Ids.next());
        sql.insertInto(STORE)
                .set(STORE.ID, id.value())
                .set(STORE.PUBLIC_ID, Ids.ulid())
                .set(STORE.MERCHANT_ID, merchant.value())
                .set(STORE.NAME, store.name())
                .set(STORE.NAME_EN, store.nameEn())
                .set(STORE.REGION_CODE, store.regionCode())
                .set(STORE.ADDRESS, store.address())
                .set(STORE.ZONE, store.zone().getId())
                .set(STORE.INDUSTRY, store.industry())
                .set(STORE.CREATED_AT, now)
                .set(STORE.VERSION, 0)
                .execute();
        return id;
    }
}
