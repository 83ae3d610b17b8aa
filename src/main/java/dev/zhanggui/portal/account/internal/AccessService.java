package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountActivity;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
class AccessService implements Access {

    private final AccountRepository accounts;
    private final LiveStates states;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccessService(AccountRepository accounts, LiveStates states, ApplicationEventPublisher events, Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void requireStaff(Actor actor, Role... anyOf) {
        if (!actor.isSystem() && !isStaff(actor, anyOf)) {
            throw new NotAllowedException("needs one of " + Arrays.toString(anyOf));
        }
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public void requireMember(Actor actor, MerchantId merchant, Role least) {
        if (actor.isSystem()) {
            return;
        }
        var held = held(actor, merchant).orElseThrow(() -> new NotFoundException(merchant.toString()));
        if (!held.covers(least)) {
            throw new NotAllowedException("needs " + least);
        }
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public void requireMemberOrStaff(Actor actor, MerchantId merchant, Role least, Role... staff) {
        if (!isStaff(actor, staff)) {
            requireMember(actor, merchant, least);
        }
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public Map<MerchantId, Role> memberships(Actor actor) {
        var bound = actor.boundTo();
        if (bound != null) {
            return membershipOf(actor).map(role -> Map.of(bound, role)).orElse(Map.of());
        }
        return actor.kind() == Actor.Kind.PERSON ? accounts.memberships(actor.accountId()) : Map.of();
    }

    @Override
    @Transactional
    public void grant(Actor actor, AccountId account, MerchantId merchant, Role membership) {
        if (!membership.isMembership()) {
            throw new IllegalArgumentException(membership + " is no membership");
        }
        requireMemberOrStaff(actor, merchant, Role.OWNER, Role.ADMIN);
        accounts.grant(account, merchant, membership, clock.instant());
        states.changed(account);
        events.publishEvent(new AccountActivity(
                actor,
                "member.granted",
                account.toString(),
                merchant,
                null,
                "{\"role\":\"" + membership + "\"}",
                null));
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public List<AccountId> owners(MerchantId merchant) {
        return accounts.owners(merchant);
    }

    private static boolean isStaff(Actor actor, Role... anyOf) {
        return Arrays.stream(anyOf).anyMatch(role -> role.isStaff() && actor.has(role));
    }

    private Optional<Role> held(Actor actor, MerchantId merchant) {
        var bound = actor.boundTo();
        if (bound != null) {
            return bound.equals(merchant) ? membershipOf(actor) : Optional.empty();
        }
        return actor.kind() == Actor.Kind.PERSON ? accounts.membership(actor.accountId(), merchant) : Optional.empty();
    }

    /** A key's own membership role; keys carry it, people's are looked up. */
    private static Optional<Role> membershipOf(Actor key) {
        return key.roles().stream().filter(Role::isMembership).findFirst();
    }
}
