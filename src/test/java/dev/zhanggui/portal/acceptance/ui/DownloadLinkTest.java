package dev.zhanggui.portal.acceptance.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.ui.DownloadLink.Answer;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DownloadLinkTest extends ViewTest {

    @Autowired
    private QrCodes codes;

    @Autowired
    private CurrentActor actor;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Autowired
    private Fixtures fixtures;

    private Fixtures.Owner owner;
    private QrCode code;

    @BeforeEach
    void aPlate() {
        owner = fixtures.owner("面馆");
        code = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
        signIn(owner.account());
    }

    @Test
    void it_hands_the_picture_out_once_and_that_is_on_record() {
        var link = link();
        assertThat(link.use())
                .isInstanceOfSatisfying(
                        Answer.Printed.class,
                        printed -> assertThat(printed.outcome()).isInstanceOf(ArtefactOutcome.Ready.class));
        assertThat(link.use()).isEqualTo(new Answer.Gone());
        assertThat(codes.downloads(owner.actor(), code.id()))
                .singleElement()
                .satisfies(it -> assertThat(it.shape()).isEqualTo(Printing.Shape.A5));
    }

    @Test
    void it_ends_after_ten_minutes() {
        var inTime = link();
        var late = link();
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(inTime.use()).isInstanceOf(Answer.Printed.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(late.use()).isEqualTo(new Answer.Gone());
        assertThat(codes.downloads(owner.actor(), code.id())).hasSize(1);
    }

    @Test
    void for_somebody_else_there_is_nothing_and_it_stays_good_for_its_owner() {
        var link = link();
        signIn(fixtures.owner("别家").account());
        assertThat(link.use()).isEqualTo(new Answer.NotFound());
        signIn(owner.account());
        assertThat(link.use()).isInstanceOf(Answer.Printed.class);
    }

    @Test
    void a_role_lost_meanwhile_counts() {
        var manager = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, manager, owner.merchant(), Role.MANAGER);
        signIn(manager);
        var link = link();
        access.grant(Fixtures.SYSTEM, manager, owner.merchant(), Role.CASHIER);
        assertThat(link.use()).isEqualTo(new Answer.NotAllowed());
    }

    private DownloadLink link() {
        return new DownloadLink(
                actor, clock, person -> codes.artefact(person, code.id(), Printing.of(Printing.Shape.A5)));
    }
}
