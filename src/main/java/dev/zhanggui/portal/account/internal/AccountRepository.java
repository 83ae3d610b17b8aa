package dev.zhanggui.portal.account.internal;

import static dev.zhanggui.db.Tables.ACCOUNT;
import static dev.zhanggui.db.Tables.ACCOUNT_ROLE;
import static dev.zhanggui.db.Tables.MEMBERSHIP;
import static dev.zhanggui.db.Tables.SECOND_FACTOR;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Member;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.account.StaffAccount;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.Phone;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

@Repository
class AccountRepository {

    private static final String PHONE = "account.phone";
    private static final String SECRET = "second_factor.secret";
    private static final String PERSON = "PERSON";
    private static final String STAFF = "STAFF";
    private static final int MOST_STAFF = 500;
    private static final int MOST_MEMBERS = 200;
    private static final int MOST_MEMBERSHIPS = 500;

    /** An account without its roles. */
    record Row(
            AccountId id,
            boolean staff,
            String label,
            boolean disabled,
            @Nullable String passwordHash,
            int version) {}

    /** @param lastStep the newest time step whose code was used */
    record Factor(byte[] secret, boolean confirmed, long lastStep, int version) {}

    private final DSLContext sql;
    private final PersonalDataCipher cipher;

    AccountRepository(DSLContext sql, PersonalDataCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    Optional<Row> find(AccountId id) {
        return sql.selectFrom(ACCOUNT).where(ACCOUNT.ID.eq(id.value())).fetchOptional(AccountRepository::toRow);
    }

    Optional<Row> findPerson(Phone phone) {
        return sql.selectFrom(ACCOUNT)
                .where(ACCOUNT.PHONE_INDEX.eq(cipher.blindIndex(PHONE, phone.e164())))
                .fetchOptional(AccountRepository::toRow);
    }

    Optional<Row> findStaff(String login) {
        return sql.selectFrom(ACCOUNT).where(ACCOUNT.LOGIN.eq(login)).fetchOptional(AccountRepository::toRow);
    }

    Optional<Phone> phone(AccountId id) {
        return sql.select(ACCOUNT.PHONE)
                .from(ACCOUNT)
                .where(ACCOUNT.ID.eq(id.value()))
                .and(ACCOUNT.PHONE.isNotNull())
                .fetchOptional(row -> new Phone(cipher.decrypt(PHONE, row.value1())));
    }

    /** The account of this phone; whoever comes second to the unique key takes the first one's row. */
    Row ensurePerson(Phone phone, Instant now) {
        return findPerson(phone).orElseGet(() -> {
            sql.insertInto(ACCOUNT)
                    .set(ACCOUNT.ID, Ids.next())
                    .set(ACCOUNT.KIND, PERSON)
                    .set(ACCOUNT.PHONE, cipher.encrypt(PHONE, phone.e164()))
                    .set(ACCOUNT.PHONE_INDEX, cipher.blindIndex(PHONE, phone.e164()))
                    .set(ACCOUNT.LABEL, phone.masked())
                    .set(ACCOUNT.DISABLED, false)
                    .set(ACCOUNT.CREATED_AT, now)
                    .set(ACCOUNT.VERSION, 0)
                    .onDuplicateKeyUpdate()
                    .set(ACCOUNT.ID, ACCOUNT.ID)
                    .execute();
            return findPerson(phone).orElseThrow();
        });
    }

    /** Empty when the login is taken. */
    Optional<AccountId> insertStaff(String login, String label, String passwordHash, Set<Role> roles, Instant now) {
        var id = new AccountId(Ids.next());
        try {
            sql.insertInto(ACCOUNT)
                    .set(ACCOUNT.ID, id.value())
                    .set(ACCOUNT.KIND, STAFF)
                    .set(ACCOUNT.LOGIN, login)
                    .set(ACCOUNT.PASSWORD_HASH, passwordHash)
                    .set(ACCOUNT.LABEL, label)
                    .set(ACCOUNT.DISABLED, false)
                    .set(ACCOUNT.CREATED_AT, now)
                    .set(ACCOUNT.VERSION, 0)
                    .execute();
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
        insertRoles(id, roles);
        return Optional.of(id);
    }

    List<StaffAccount> staff() {
        return sql.select(
                        ACCOUNT.ID,
                        ACCOUNT.LOGIN,
                        ACCOUNT.LABEL,
                        DSL.multiset(DSL.select(ACCOUNT_ROLE.ROLE)
                                        .from(ACCOUNT_ROLE)
                                        .where(ACCOUNT_ROLE.ACCOUNT_ID.eq(ACCOUNT.ID))
                                        .orderBy(ACCOUNT_ROLE.ROLE))
                                .convertFrom(rows -> roles(rows.map(row -> row.value1()))),
                        DSL.field(DSL.exists(DSL.selectOne()
                                .from(SECOND_FACTOR)
                                .where(SECOND_FACTOR.ACCOUNT_ID.eq(ACCOUNT.ID))
                                .and(SECOND_FACTOR.CONFIRMED_AT.isNotNull()))),
                        ACCOUNT.DISABLED,
                        ACCOUNT.CREATED_AT,
                        ACCOUNT.VERSION)
                .from(ACCOUNT)
                .where(ACCOUNT.KIND.eq(STAFF))
                .orderBy(ACCOUNT.LOGIN)
                .limit(MOST_STAFF)
                .fetch(row -> new StaffAccount(
                        new AccountId(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8()));
    }

    Set<Role> staffRoles(AccountId id) {
        return roles(sql.select(ACCOUNT_ROLE.ROLE)
                .from(ACCOUNT_ROLE)
                .where(ACCOUNT_ROLE.ACCOUNT_ID.eq(id.value()))
                .orderBy(ACCOUNT_ROLE.ROLE)
                .fetch(ACCOUNT_ROLE.ROLE));
    }

    void replaceRoles(AccountId id, int version, Set<Role> roles) {
        touch(id, version, null);
        sql.deleteFrom(ACCOUNT_ROLE)
                .where(ACCOUNT_ROLE.ACCOUNT_ID.eq(id.value()))
                .execute();
        insertRoles(id, roles);
    }

    void setDisabled(AccountId id, int version, boolean disabled) {
        touch(id, version, disabled);
    }

    private void touch(AccountId id, int version, @Nullable Boolean disabled) {
        int changed = sql.update(ACCOUNT)
                .set(ACCOUNT.VERSION, version + 1)
                .set(ACCOUNT.DISABLED, disabled == null ? ACCOUNT.DISABLED : DSL.val(disabled))
                .where(ACCOUNT.ID.eq(id.value()))
                .and(ACCOUNT.VERSION.eq(version))
                .execute();
        if (changed == 0) {
            throw new LostUpdateException(id.toString());
        }
    }

    private void insertRoles(AccountId id, Set<Role> roles) {
        for (var role : roles) {
            sql.insertInto(ACCOUNT_ROLE)
                    .set(ACCOUNT_ROLE.ACCOUNT_ID, id.value())
                    .set(ACCOUNT_ROLE.ROLE, role.name())
                    .execute();
        }
    }

    // Memberships

    Map<MerchantId, Role> memberships(AccountId id) {
        var found = new LinkedHashMap<MerchantId, Role>();
        sql.select(MEMBERSHIP.MERCHANT_ID, MEMBERSHIP.ROLE)
                .from(MEMBERSHIP)
                .where(MEMBERSHIP.ACCOUNT_ID.eq(id.value()))
                .orderBy(MEMBERSHIP.MERCHANT_ID)
                .limit(MOST_MEMBERSHIPS)
                .forEach(row -> found.put(new MerchantId(row.value1()), Role.valueOf(row.value2())));
        return found;
    }

    Optional<Role> membership(AccountId id, MerchantId merchant) {
        return sql.select(MEMBERSHIP.ROLE)
                .from(MEMBERSHIP)
                .where(MEMBERSHIP.ACCOUNT_ID.eq(id.value()))
                .and(MEMBERSHIP.MERCHANT_ID.eq(merchant.value()))
                .fetchOptional(row -> Role.valueOf(row.value1()));
    }

    List<Member> members(MerchantId merchant) {
        return sql.select(ACCOUNT.ID, ACCOUNT.LABEL, MEMBERSHIP.ROLE, MEMBERSHIP.SINCE, MEMBERSHIP.VERSION)
                .from(MEMBERSHIP)
                .join(ACCOUNT)
                .on(ACCOUNT.ID.eq(MEMBERSHIP.ACCOUNT_ID))
                .where(MEMBERSHIP.MERCHANT_ID.eq(merchant.value()))
                .orderBy(MEMBERSHIP.ROLE.desc(), MEMBERSHIP.SINCE, ACCOUNT.ID)
                .limit(MOST_MEMBERS)
                .fetch(row -> new Member(
                        new AccountId(row.value1()),
                        row.value2(),
                        Role.valueOf(row.value3()),
                        row.value4(),
                        row.value5()));
    }

    /** Makes the account a member, or changes what it is there. */
    void grant(AccountId id, MerchantId merchant, Role role, Instant now) {
        sql.insertInto(MEMBERSHIP)
                .set(MEMBERSHIP.ACCOUNT_ID, id.value())
                .set(MEMBERSHIP.MERCHANT_ID, merchant.value())
                .set(MEMBERSHIP.ROLE, role.name())
                .set(MEMBERSHIP.SINCE, now)
                .set(MEMBERSHIP.VERSION, 0)
                .onDuplicateKeyUpdate()
                .set(MEMBERSHIP.ROLE, role.name())
                .set(MEMBERSHIP.VERSION, MEMBERSHIP.VERSION.plus(1))
                .execute();
    }

    void removeMember(AccountId id, MerchantId merchant, int version) {
        int removed = sql.deleteFrom(MEMBERSHIP)
                .where(MEMBERSHIP.ACCOUNT_ID.eq(id.value()))
                .and(MEMBERSHIP.MERCHANT_ID.eq(merchant.value()))
                .and(MEMBERSHIP.VERSION.eq(version))
                .execute();
        if (removed == 0) {
            throw new LostUpdateException(id.toString());
        }
    }

    /** Locks the owners' rows, so that two owners cannot take each other out. */
    List<AccountId> ownersLocked(MerchantId merchant) {
        return sql.select(MEMBERSHIP.ACCOUNT_ID)
                .from(MEMBERSHIP)
                .where(MEMBERSHIP.MERCHANT_ID.eq(merchant.value()))
                .and(MEMBERSHIP.ROLE.eq(Role.OWNER.name()))
                .orderBy(MEMBERSHIP.ACCOUNT_ID)
                .limit(MOST_MEMBERS)
                .forUpdate()
                .fetch(row -> new AccountId(row.value1()));
    }

    List<AccountId> owners(MerchantId merchant) {
        return sql.select(MEMBERSHIP.ACCOUNT_ID)
                .from(MEMBERSHIP)
                .where(MEMBERSHIP.MERCHANT_ID.eq(merchant.value()))
                .and(MEMBERSHIP.ROLE.eq(Role.OWNER.name()))
                .orderBy(MEMBERSHIP.ACCOUNT_ID)
                .limit(MOST_MEMBERS)
                .fetch(row -> new AccountId(row.value1()));
    }

    // Second factor

    Optional<Factor> factor(AccountId id) {
        return sql.selectFrom(SECOND_FACTOR)
                .where(SECOND_FACTOR.ACCOUNT_ID.eq(id.value()))
                .fetchOptional(row -> new Factor(
                        cipher.decryptBytes(SECRET, row.getSecret()),
                        row.getConfirmedAt() != null,
                        row.getLastStep(),
                        row.getVersion()));
    }

    /** Replaces an unconfirmed secret; a confirmed one stays and the answer is false. */
    boolean offerSecret(AccountId id, byte[] secret) {
        sql.deleteFrom(SECOND_FACTOR)
                .where(SECOND_FACTOR.ACCOUNT_ID.eq(id.value()))
                .and(SECOND_FACTOR.CONFIRMED_AT.isNull())
                .execute();
        try {
            sql.insertInto(SECOND_FACTOR)
                    .set(SECOND_FACTOR.ACCOUNT_ID, id.value())
                    .set(SECOND_FACTOR.SECRET, cipher.encryptBytes(SECRET, secret))
                    .set(SECOND_FACTOR.LAST_STEP, 0L)
                    .set(SECOND_FACTOR.VERSION, 0)
                    .execute();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Marks a time step as used; false when somebody used it, or a newer one, first. */
    boolean useStep(AccountId id, long step, Instant now, boolean confirm) {
        return sql.update(SECOND_FACTOR)
                        .set(SECOND_FACTOR.LAST_STEP, step)
                        .set(
                                SECOND_FACTOR.CONFIRMED_AT,
                                confirm ? DSL.val(now, SECOND_FACTOR.CONFIRMED_AT) : SECOND_FACTOR.CONFIRMED_AT)
                        .set(SECOND_FACTOR.VERSION, SECOND_FACTOR.VERSION.plus(1))
                        .where(SECOND_FACTOR.ACCOUNT_ID.eq(id.value()))
                        .and(SECOND_FACTOR.LAST_STEP.lt(step))
                        .execute()
                == 1;
    }

    void forgetFactor(AccountId id) {
        sql.deleteFrom(SECOND_FACTOR)
                .where(SECOND_FACTOR.ACCOUNT_ID.eq(id.value()))
                .execute();
    }

    private static Row toRow(dev.zhanggui.db.tables.records.AccountRecord row) {
        return new Row(
                new AccountId(row.getId()),
                STAFF.equals(row.getKind()),
                row.getLabel(),
                row.getDisabled(),
                row.getPasswordHash(),
                row.getVersion());
    }

    private static Set<Role> roles(List<String> names) {
        var roles = EnumSet.noneOf(Role.class);
        names.forEach(name -> roles.add(Role.valueOf(name)));
        return roles;
    }
}
