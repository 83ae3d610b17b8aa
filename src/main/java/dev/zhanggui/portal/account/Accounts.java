package dev.zhanggui.portal.account;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Phone;
import java.util.List;
import java.util.Set;

/** People's accounts: staff kept by ADMIN, members kept by the owners of a merchant. */
public interface Accounts {

    /** What creating a staff account led to. */
    sealed interface StaffCreation {
        record Created(AccountId account) implements StaffCreation {}

        record LoginTaken() implements StaffCreation {}

        /** @param reason one of login, label, password, roles */
        record Invalid(String reason) implements StaffCreation {}
    }

    /** What adding somebody led to. */
    sealed interface Invitation {
        record Added(AccountId account) implements Invitation {}

        /** Owners are not made less by adding them again; this includes the one who asks. */
        record IsOwner() implements Invitation {}
    }

    /** What taking a member out led to. */
    sealed interface MemberRemoval {
        record Removed() implements MemberRemoval {}

        /** A merchant keeps at least one owner. */
        record LastOwner() implements MemberRemoval {}
    }

    /** Staff, ordered by login; at most 500. ADMIN and AUDITOR. */
    List<StaffAccount> staff(Actor actor);

    /** ADMIN, and the system. */
    StaffCreation createStaff(Actor actor, String login, String label, String password, Set<Role> roles);

    /** ADMIN. Nobody changes their own roles: {@link dev.zhanggui.portal.shared.NotAllowedException}. */
    void changeRoles(Actor actor, AccountId staff, int version, Set<Role> roles);

    /** ADMIN. Sessions lose every role at once. Nobody disables themselves. */
    void setDisabled(Actor actor, AccountId staff, int version, boolean disabled);

    /** ADMIN, for a lost authenticator: the next sign-in enrols a new one. */
    void forgetSecondFactor(Actor actor, AccountId staff, String reason);

    /** The account of this phone, made when there is none. The system, and staff of SERVICE or ADMIN. */
    AccountId ensurePerson(Actor actor, Phone phone);

    /** The phone behind an account, to send a message to. The system, and the person. */
    Phone phone(Actor actor, AccountId account);

    /** Members of a merchant, owners first; at most 200. OWNER, and staff of SERVICE, ADMIN, AUDITOR. */
    List<Member> members(Actor actor, MerchantId merchant);

    /** Makes the phone's holder a member, with an account when there is none. OWNER. */
    Invitation invite(Actor actor, MerchantId merchant, Phone phone, Role role);

    /** OWNER. */
    MemberRemoval removeMember(Actor actor, MerchantId merchant, AccountId member, int version);
}
