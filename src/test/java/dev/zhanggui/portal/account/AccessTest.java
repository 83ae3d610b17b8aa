package dev.zhanggui.portal.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Accounts.Invitation;
import dev.zhanggui.portal.account.Accounts.MemberRemoval;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.DatabaseTest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AccessTest extends DatabaseTest {

    private static final AtomicInteger NEXT = new AtomicInteger(100);
    private static final Actor SYSTEM = Actor.system("test");

    @Autowired
    Access access;

    @Autowired
    Accounts accounts;

    private MerchantId merchant = new MerchantId(0);

    @BeforeEach
    void freshMerchant() {
        merchant = new MerchantId(Ids.next());
    }

    private static Phone phone() {
        return Phone.check("1382222" + String.format("%04d", NEXT.incrementAndGet()))
                .orThrow();
    }

    private Actor person() {
        return Actor.person(accounts.ensurePerson(SYSTEM, phone()), "test", Set.of(Role.APPLICANT));
    }

    private Actor member(Role role) {
        var person = person();
        access.grant(SYSTEM, person.accountId(), merchant, role);
        return person;
    }

    private static Actor staff(Role role) {
        return Actor.person(new AccountId(Ids.next()), "staff", Set.of(role));
    }

    @Test
    void aStrangerDoesNotEvenLearnThatTheMerchantExists() {
        assertThatThrownBy(() -> access.requireMember(person(), merchant, Role.CASHIER))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aCashierIsTooLowForTheOwnersThings() {
        var cashier = member(Role.CASHIER);
        access.requireMember(cashier, merchant, Role.CASHIER);
        assertThatThrownBy(() -> access.requireMember(cashier, merchant, Role.MANAGER))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void anOwnerMayWhatAManagerMay() {
        access.requireMember(member(Role.OWNER), merchant, Role.MANAGER);
    }

    @Test
    void staffPassOnlyWhereTheirRoleIsNamed() {
        access.requireMemberOrStaff(staff(Role.SERVICE), merchant, Role.OWNER, Role.SERVICE);
        assertThatThrownBy(() -> access.requireMember(staff(Role.ADMIN), merchant, Role.CASHIER))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> access.requireStaff(staff(Role.WAREHOUSE), Role.REVIEWER))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aMembershipRoleDoesNotPassForStaff() {
        assertThatThrownBy(() -> access.requireStaff(member(Role.OWNER), Role.ADMIN))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aKeyWorksInItsOwnMerchantOnly() {
        var key = Actor.merchantKey(1, "key", merchant, Role.MANAGER);
        access.requireMember(key, merchant, Role.MANAGER);
        assertThat(access.memberships(key)).isEqualTo(Map.of(merchant, Role.MANAGER));
        assertThatThrownBy(() -> access.requireMember(key, new MerchantId(Ids.next()), Role.CASHIER))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> access.requireMember(key, merchant, Role.OWNER))
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void onlyAnOwnerInvites() {
        var invited = phone();
        assertThatThrownBy(() -> accounts.invite(member(Role.MANAGER), merchant, invited, Role.CASHIER))
                .isInstanceOf(NotAllowedException.class);
        var owner = member(Role.OWNER);
        var account = ((Invitation.Added) accounts.invite(owner, merchant, invited, Role.CASHIER)).account();

        assertThat(accounts.members(owner, merchant))
                .filteredOn(member -> member.account().equals(account))
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.role()).isEqualTo(Role.CASHIER);
                    assertThat(member.phoneMasked()).isEqualTo(invited.masked());
                });
    }

    @Test
    void anOwnerIsNotMadeLessByAddingThemAgain() {
        var owner = member(Role.OWNER);
        var phone = accounts.phone(SYSTEM, owner.accountId());
        assertThat(accounts.invite(owner, merchant, phone, Role.CASHIER)).isEqualTo(new Invitation.IsOwner());
        access.requireMember(owner, merchant, Role.OWNER);
    }

    @Test
    void theLastOwnerStays() {
        var owner = member(Role.OWNER);
        assertThat(accounts.removeMember(owner, merchant, owner.accountId(), 0))
                .isEqualTo(new MemberRemoval.LastOwner());
        var other = member(Role.OWNER);
        assertThat(accounts.removeMember(other, merchant, owner.accountId(), 0)).isEqualTo(new MemberRemoval.Removed());
        assertThatThrownBy(() -> access.requireMember(owner, merchant, Role.CASHIER))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatIsWrongWithANewStaffAccountIsNamed() {
        var login = "a" + Long.toString(Ids.next(), 36);
        var roles = Set.of(Role.REVIEWER);
        assertThat(accounts.createStaff(SYSTEM, "x y", "小算盘", "long enough pass", roles))
                .isEqualTo(new StaffCreation.Invalid("login"));
        assertThat(accounts.createStaff(SYSTEM, login, " ", "long enough pass", roles))
                .isEqualTo(new StaffCreation.Invalid("label"));
        assertThat(accounts.createStaff(SYSTEM, login, "小算盘", "short", roles))
                .isEqualTo(new StaffCreation.Invalid("password"));
        assertThat(accounts.createStaff(SYSTEM, login, "小算盘", "long enough pass", Set.of(Role.OWNER)))
                .isEqualTo(new StaffCreation.Invalid("roles"));
        assertThat(accounts.createStaff(SYSTEM, login, "小算盘", "long enough pass", roles))
                .isInstanceOf(StaffCreation.Created.class);
        assertThat(accounts.createStaff(SYSTEM, login.toUpperCase(), "小算盘", "long enough pass", roles))
                .isEqualTo(new StaffCreation.LoginTaken());
    }

    @Test
    void anAdministratorCannotChangeTheirOwnRolesAndNobodyElseCanChangeAny() {
        var login = "b" + Long.toString(Ids.next(), 36);
        var id = ((StaffCreation.Created)
                        accounts.createStaff(SYSTEM, login, "小满", "long enough pass", Set.of(Role.ADMIN)))
                .account();
        var self = Actor.person(id, "小满", Set.of(Role.ADMIN));
        assertThatThrownBy(() -> accounts.changeRoles(self, id, 0, Set.of(Role.AUDITOR)))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> accounts.changeRoles(staff(Role.REVIEWER), id, 0, Set.of(Role.ADMIN)))
                .isInstanceOf(NotAllowedException.class);
        accounts.changeRoles(staff(Role.ADMIN), id, 0, Set.of(Role.AUDITOR));
        assertThatThrownBy(() -> accounts.changeRoles(staff(Role.ADMIN), id, 0, Set.of(Role.ADMIN)))
                .isInstanceOf(LostUpdateException.class);
    }

    @Test
    void theListOfStaffIsForAdministratorsAndAuditors() {
        assertThat(accounts.staff(staff(Role.AUDITOR))).isNotNull();
        assertThatThrownBy(() -> accounts.staff(staff(Role.SERVICE))).isInstanceOf(NotAllowedException.class);
    }

    @Test
    void aPhoneIsReadByItsOwnerAndTheSystemOnly() {
        var phone = phone();
        var id = accounts.ensurePerson(SYSTEM, phone);
        assertThat(accounts.phone(SYSTEM, id)).isEqualTo(phone);
        assertThat(accounts.phone(Actor.person(id, "me", Set.of()), id)).isEqualTo(phone);
        assertThatThrownBy(() -> accounts.phone(staff(Role.ADMIN), id)).isInstanceOf(NotFoundException.class);
    }
}
