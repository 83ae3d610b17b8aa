package dev.zhanggui.portal.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class FreezeTest extends DatabaseTest {

    @Autowired
    Merchants merchants;

    @Autowired
    AuditTrail trail;

    @Autowired
    Fixtures fixtures;

    @Test
    void a_frozen_merchant_says_why_and_since_when_until_it_is_free_again() {
        var owner = fixtures.owner("冻结的店");
        var reviewer = fixtures.staff(Role.REVIEWER);
        merchants.freeze(reviewer, owner.merchant(), 0, " 证件过期 ");

        var frozen = merchants.merchant(owner.actor(), owner.merchant());
        assertThat(frozen.frozenReason()).isEqualTo("证件过期");
        assertThat(frozen.frozenAt()).isEqualTo(clock.instant());
        assertThat(frozen.version()).isEqualTo(1);

        merchants.unfreeze(reviewer, owner.merchant(), 1, "补交了");
        var free = merchants.merchant(owner.actor(), owner.merchant());
        assertThat(free.isFrozen()).isFalse();
        assertThat(free.frozenAt()).isNull();
        assertThat(trail.page(
                        fixtures.staff(Role.AUDITOR),
                        new AuditQuery(owner.merchant().toString(), null, "merchant.", null, null),
                        null,
                        2))
                .extracting(AuditEntry::action, AuditEntry::reason, AuditEntry::actorLabel)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("merchant.unfrozen", "补交了", reviewer.label()),
                        org.assertj.core.groups.Tuple.tuple("merchant.frozen", "证件过期", reviewer.label()));
    }

    @Test
    void only_reviewers_and_admins_freeze() {
        var owner = fixtures.owner("谁能冻结的店");
        for (var actor : List.of(
                owner.actor(),
                Actor.merchantKey(1, "key", owner.merchant(), Role.OWNER),
                fixtures.staff(Role.SERVICE),
                fixtures.staff(Role.WAREHOUSE),
                fixtures.staff(Role.AUDITOR))) {
            assertThatThrownBy(() -> merchants.freeze(actor, owner.merchant(), 0, "试试"))
                    .as(actor.label())
                    .isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> merchants.unfreeze(actor, owner.merchant(), 0, "试试"))
                    .as(actor.label())
                    .isInstanceOf(NotAllowedException.class);
        }
        merchants.freeze(fixtures.staff(Role.ADMIN), owner.merchant(), 0, "可以");
        assertThat(merchants.merchant(owner.actor(), owner.merchant()).isFrozen())
                .isTrue();
    }

    @Test
    void of_two_who_act_on_the_same_sight_the_second_is_told() {
        var owner = fixtures.owner("两人同时冻结的店");
        var admin = fixtures.staff(Role.ADMIN);
        merchants.freeze(admin, owner.merchant(), 0, "先到");
        assertThatThrownBy(() -> merchants.freeze(admin, owner.merchant(), 0, "后到"))
                .isInstanceOf(LostUpdateException.class);
        assertThatThrownBy(() -> merchants.freeze(admin, owner.merchant(), 1, "已经冻结"))
                .isInstanceOf(LostUpdateException.class);
        assertThat(merchants.merchant(admin, owner.merchant()).frozenReason()).isEqualTo("先到");
    }

    @Test
    void a_reason_is_demanded_and_a_missing_merchant_is_not_found() {
        var owner = fixtures.owner("要原因的店");
        var admin = fixtures.staff(Role.ADMIN);
        assertThatThrownBy(() -> merchants.freeze(admin, owner.merchant(), 0, "  "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> merchants.freeze(admin, owner.merchant(), 0, "长".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> merchants.freeze(admin, new MerchantId(Ids.next()), 0, "没有"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void staff_find_a_merchant_by_what_they_are_told_on_the_phone() {
        var name = "寻" + Ids.ulid();
        var owner = fixtures.owner(name + "面馆");
        var service = fixtures.staff(Role.SERVICE);
        var merchant = merchants.merchant(service, owner.merchant());

        assertThat(merchants.search(service, name)).containsExactly(merchant);
        assertThat(merchants.search(service, " " + merchant.publicId().toLowerCase(java.util.Locale.ROOT)))
                .containsExactly(merchant);
        assertThat(merchants.search(service, name + "%")).isEmpty();
        assertThat(merchants.search(service, "面馆" + name)).isEmpty();
        assertThat(merchants.search(service, "长".repeat(201))).isEmpty();
        assertThatThrownBy(() -> merchants.search(owner.actor(), name)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> merchants.search(fixtures.staff(Role.WAREHOUSE), name))
                .isInstanceOf(NotAllowedException.class);

        assertThat(merchants.search(service, " ")).doesNotContain(merchant);
        merchants.freeze(fixtures.staff(Role.ADMIN), owner.merchant(), 0, "查一查");
        assertThat(merchants.search(service, "")).extracting(Merchant::id).contains(owner.merchant());
    }
}
