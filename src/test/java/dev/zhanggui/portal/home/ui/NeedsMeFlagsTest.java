package dev.zhanggui.portal.home.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestAcquirer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a merchant is told of payments about which the acquirer says something else. */
class NeedsMeFlagsTest extends DatabaseTest {

    private static final NeedsMe.Need ONE = new NeedsMe.Need("home.need.flagged", "1", "merchant/collections");

    @Autowired
    NeedsMe needs;

    @Autowired
    Collections collections;

    @Autowired
    AcquirerResults results;

    @Autowired
    PaymentFlags flags;

    @Autowired
    QrCodes codes;

    @Autowired
    Fixtures fixtures;

    @Test
    void paymentsToCheckAreToldUntilSomebodyChecked() {
        var owner = fixtures.owner("面馆");
        var code =
                ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
        var wish = ((OfferOutcome.Offered)
                        collections.offer(code.code(), Money.yuan(38), new Payer(PayerApp.UNIONPAY, null, null), "a"))
                .collection();
        assertThat(needs.of(owner.actor(), owner.store())).doesNotContain(ONE);
        results.settle(
                Fixtures.SYSTEM,
                TestAcquirer.NAME,
                new AcquirerResult(wish.publicId(), "R1", Outcome.SUCCEEDED, 1, "CNY", null, clock.instant()));
        assertThat(needs.of(owner.actor(), owner.store())).contains(ONE);
        var flag = flags.ofStore(owner.actor(), owner.store().id()).getFirst();
        flags.settle(fixtures.staff(Role.SERVICE), flag.publicId(), "看过");
        assertThat(needs.of(owner.actor(), owner.store())).doesNotContain(ONE);
    }
}
