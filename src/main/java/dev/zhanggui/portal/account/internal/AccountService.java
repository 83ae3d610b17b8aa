package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountActivity;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Member;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.account.StaffAccount;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class AccountService implements Accounts {

    private static final Pattern LOGIN = Pattern.compile("[a-z][a-z0-9._-]{2,39}");
    private static final int SHORTEST_PASSWORD = 12;

    /** BCrypt reads no further. */
    private static final int LONGEST_PASSWORD = 72;

    private static final int LONGEST_LABEL = 20;

    private final AccountRepository accounts;
    private final Access access;
    private final LiveStates states;
    private final PasswordEncoder passwords;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccountService(
            AccountRepository accounts,
            Access access,
            LiveStates states,
            PasswordEncoder passwords,
            ApplicationEventPublisher events,
            Clock clock) {
        this.accounts = accounts;
        this.access = access;
        this.states = states;
        this.passwords = passwords;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<StaffAccount> staff(Actor actor) {
        access.requireStaff(actor, Role.ADMIN, Role.AUDITOR);
        return accounts.staff();
    }

    @Override
    @Transactional
    public StaffCreation createStaff(Actor actor, String login, String label, String password, Set<Role> roles) {
        access.requireStaff(actor, Role.ADMIN);
        var name = login.strip().toLowerCase(Locale.ROOT);
        if (!LOGIN.matcher(name).matches()) {
            return new StaffCreation.Invalid("login");
        }
        var called = label.strip();
        if (called.isEmpty() || called.length() > LONGEST_LABEL) {
            return new StaffCreation.Invalid("label");
        }
        int bytes = password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (password.length() < SHORTEST_PASSWORD || bytes > LONGEST_PASSWORD) {
            return new StaffCreation.Invalid("password");
        }
        if (roles.isEmpty() || !roles.stream().allMatch(Role::isStaff)) {
            return new StaffCreation.Invalid("roles");
        }
        var created = accounts.insertStaff(name, called, hash(password), roles, clock.instant());
        if (created.isEmpty()) {
            return new StaffCreation.LoginTaken();
        }
        tell(actor, "staff.created", created.get(), null, null, json(roles), null);
        return new StaffCreation.Created(created.get());
    }

    @Override
    @Transactional
    public void changeRoles(Actor actor, AccountId staff, int version, Set<Role> roles) {
        requireAdminOfAnother(actor, staff);
        if (!roles.stream().allMatch(Role::isStaff)) {
            throw new IllegalArgumentException("only staff roles: " + roles);
        }
        var before = accounts.staffRoles(staff);
        accounts.replaceRoles(staff, version, roles);
        states.changed(staff);
        tell(actor, "staff.roles-changed", staff, null, json(before), json(roles), null);
    }

    @Override
    @Transactional
    public void setDisabled(Actor actor, AccountId staff, int version, boolean disabled) {
        requireAdminOfAnother(actor, staff);
        accounts.setDisabled(staff, version, disabled);
        states.changed(staff);
        tell(actor, disabled ? "staff.disabled" : "staff.enabled", staff, null, null, null, null);
    }

    @Override
    @Transactional
    public void forgetSecondFactor(Actor actor, AccountId staff, String reason) {
        requireAdminOfAnother(actor, staff);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("forgetting a second factor needs a reason");
        }
        accounts.forgetFactor(staff);
        states.changed(staff);
        tell(actor, "staff.second-factor-forgotten", staff, null, null, null, reason);
    }

    @Override
    @Transactional
    public AccountId ensurePerson(Actor actor, Phone phone) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN);
        return accounts.ensurePerson(phone, clock.instant()).id();
    }

    @Override
    @Transactional(readOnly = true)
    public Phone phone(Actor actor, AccountId account) {
        boolean own = actor.kind() == Actor.Kind.PERSON && actor.accountId().equals(account);
        if (!actor.isSystem() && !own) {
            throw new NotFoundException(account.toString());
        }
        return accounts.phone(account).orElseThrow(() -> new NotFoundException(account.toString()));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Member> members(Actor actor, MerchantId merchant) {
        access.requireMemberOrStaff(actor, merchant, Role.OWNER, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
        return accounts.members(merchant);
    }

    @Override
    @Transactional
    public Invitation invite(Actor actor, MerchantId merchant, Phone phone, Role role) {
        access.requireMember(actor, merchant, Role.OWNER);
        var account = accounts.ensurePerson(phone, clock.instant()).id();
        if (accounts.membership(account, merchant)
                .filter(held -> held == Role.OWNER)
                .isPresent()) {
            return new Invitation.IsOwner();
        }
        access.grant(actor, account, merchant, role);
        return new Invitation.Added(account);
    }

    @Override
    @Transactional
    public MemberRemoval removeMember(Actor actor, MerchantId merchant, AccountId member, int version) {
        access.requireMember(actor, merchant, Role.OWNER);
        var owners = accounts.ownersLocked(merchant);
        if (owners.equals(List.of(member))) {
            return new MemberRemoval.LastOwner();
        }
        accounts.removeMember(member, merchant, version);
        states.changed(member);
        tell(actor, "member.removed", member, merchant, null, null, null);
        return new MemberRemoval.Removed();
    }

    private void requireAdminOfAnother(Actor actor, AccountId staff) {
        access.requireStaff(actor, Role.ADMIN);
        if (actor.kind() == Actor.Kind.PERSON && actor.accountId().equals(staff)) {
            throw new NotAllowedException("nobody changes their own staff account");
        }
        if (!accounts.find(staff).map(AccountRepository.Row::staff).orElse(false)) {
            throw new NotFoundException(staff.toString());
        }
    }

    private String hash(String password) {
        var hash = passwords.encode(password);
        if (hash == null) {
            throw new IllegalStateException("no hash");
        }
        return hash;
    }

    private void tell(
            Actor actor,
            String action,
            AccountId subject,
            @Nullable MerchantId merchant,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {
        events.publishEvent(new AccountActivity(actor, action, subject.toString(), merchant, before, after, reason));
    }

    private static String json(Set<Role> roles) {
        return new TreeSet<>(roles)
                .stream().map(role -> "\"" + role + "\"").collect(Collectors.joining(",", "{\"roles\":[", "]}"));
    }
}
