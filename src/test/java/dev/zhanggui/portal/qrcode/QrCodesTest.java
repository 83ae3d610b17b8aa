package dev.zhanggui.portal.qrcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** The register of codes on the real database: who may do what, and what each step leaves behind. */
@RecordApplicationEvents
class QrCodesTest extends DatabaseTest {

    private static final Actor SYSTEM = Actor.system("test");

    @Autowired
    private QrCodes codes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Autowired
    private Merchants merchants;

    @Autowired
    private ApplicationEvents events;

    private Actor owner;
    private Actor cashier;
    private Actor stranger;
    private MerchantId merchant;
    private StoreId store;

    @BeforeEach
    void aStoreWithItsPeople() {
        owner = person();
        cashier = person();
        stranger = person();
        merchant = merchants.open(SYSTEM, merchant(owner, "巷口牛肉面"));
        access.grant(SYSTEM, cashier.accountId(), merchant, Role.CASHIER);
        store = merchants.openStore(owner, merchant, store("巷口牛肉面"));
        var other = merchants.open(SYSTEM, merchant(stranger, "别家"));
        merchants.openStore(stranger, other, store("别家"));
    }

    @Test
    void an_issued_code_is_signed_numbered_placed_and_leads_to_its_scan_page() {
        var code = issue(" 柜台 ");

        assertThat(code.place()).isEqualTo("柜台");
        assertThat(code.numberText()).isEqualTo("001");
        assertThat(code.isActive()).isTrue();
        assertThat(code.url()).endsWith("/q/" + code.code());
        assertThat(codes.scanned(code.code())).isEqualTo(new Scanned.Known(code));
        assertThat(codes.list(cashier, store)).containsExactly(code);
        assertThat(codes.byCode(cashier, code.code())).isEqualTo(code);
        assertThat(events.stream(CodesChanged.class)).containsExactly(new CodesChanged(store));
    }

    @Test
    void a_place_is_needed_and_must_fit_under_the_code() {
        assertThat(codes.issue(owner, store, "  ")).isEqualTo(new IssueOutcome.PlaceMissing());
        assertThat(codes.issue(owner, store, "一".repeat(21))).isEqualTo(new IssueOutcome.PlaceTooLong(20));
        assertThat(codes.issue(owner, store, "一".repeat(20))).isInstanceOf(IssueOutcome.Issued.class);
        assertThat(codes.list(owner, store)).hasSize(1);
    }

    @Test
    void numbers_count_up_within_the_store_whoever_issues_at_the_same_time() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<IssueOutcome> one = () -> codes.issue(owner, store, "桌");
            for (var done : threads.invokeAll(List.of(one, one, one, one, one, one, one, one))) {
                assertThat(done.get()).isInstanceOf(IssueOutcome.Issued.class);
            }
        }
        assertThat(codes.list(owner, store)).extracting(QrCode::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void a_revoked_code_stays_revoked_with_the_first_reason() {
        var code = issue("3 号桌");
        clock.advance(Duration.ofMinutes(5));

        var first = codes.revoke(owner, code.id(), RevocationReason.TAMPERED, " 被贴了一张 ");
        clock.advance(Duration.ofMinutes(5));
        var second = codes.revoke(owner, code.id(), RevocationReason.LOST, "");

        assertThat(first).isInstanceOf(RevokeOutcome.Revoked.class);
        assertThat(second).isEqualTo(new RevokeOutcome.RevokedBefore(first.code()));
        var end = Objects.requireNonNull(first.code().revocation());
        assertThat(end.reason()).isEqualTo(RevocationReason.TAMPERED);
        assertThat(end.note()).isEqualTo("被贴了一张");
        assertThat(end.at()).isEqualTo(code.issuedAt().plus(Duration.ofMinutes(5)));
        assertThat(codes.activeCodesOf(store)).isEmpty();
        assertThat(codes.list(owner, store)).containsExactly(first.code());
        assertThat(codes.scanned(code.code())).isEqualTo(new Scanned.Known(first.code()));
        assertThat(events.stream(CodesChanged.class)).hasSize(2);
    }

    @Test
    void every_download_is_on_record_with_its_format() {
        var code = issue("柜台");
        for (var format : Artefact.Format.values()) {
            assertThat(codes.artefact(owner, code.id(), format)).isInstanceOf(ArtefactOutcome.Ready.class);
        }
        assertThat(codes.downloads(owner, code.id()))
                .extracting(Download::shape)
                .containsExactly(Printing.Shape.A6, Printing.Shape.SVG, Printing.Shape.PNG);
        assertThat(codes.downloads(owner, code.id())).allMatch(it -> it.by().equals(owner.label()));
    }

    @Test
    void a_stopped_code_is_not_printed_again() {
        var code = issue("柜台");
        var stopped = codes.revoke(owner, code.id(), RevocationReason.LOST, "").code();

        assertThat(codes.artefact(owner, code.id(), Artefact.Format.PNG))
                .isEqualTo(new ArtefactOutcome.Stopped(stopped));
        assertThat(codes.downloads(owner, code.id())).isEmpty();
    }

    @Test
    void a_cashier_sees_codes_but_neither_makes_takes_nor_stops_them() {
        var code = issue("柜台");

        assertThat(codes.get(cashier, code.id())).isEqualTo(code);
        assertThatThrownBy(() -> codes.issue(cashier, store, "门口")).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> codes.artefact(cashier, code.id(), Artefact.Format.PNG))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> codes.downloads(cashier, code.id())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> codes.revoke(cashier, code.id(), RevocationReason.LOST, ""))
                .isInstanceOf(NotAllowedException.class);
        assertThat(codes.get(owner, code.id()).isActive()).isTrue();
    }

    @Test
    void for_another_merchant_neither_store_nor_code_exists() {
        var code = issue("柜台");

        assertThatThrownBy(() -> codes.list(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> codes.issue(stranger, store, "门口")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> codes.get(stranger, code.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> codes.byCode(stranger, code.code())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> codes.artefact(stranger, code.id(), Artefact.Format.PDF))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> codes.revoke(stranger, code.id(), RevocationReason.LOST, ""))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> codes.get(stranger, new QrCodeId(1))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void what_was_not_signed_here_is_forged_even_if_it_looks_alike() {
        var code = issue("柜台").code();
        var last = code.charAt(code.length() - 1);
        var flipped = code.substring(0, code.length() - 1) + (last == '0' ? '1' : '0');

        assertThat(codes.scanned(flipped)).isEqualTo(new Scanned.Forged());
        assertThat(codes.scanned(code.substring(1))).isEqualTo(new Scanned.Forged());
        assertThat(codes.scanned("")).isEqualTo(new Scanned.Forged());
        assertThatThrownBy(() -> codes.byCode(owner, flipped)).isInstanceOf(NotFoundException.class);
    }

    private QrCode issue(String place) {
        return ((IssueOutcome.Issued) codes.issue(owner, store, place)).code();
    }

    private Actor person() {
        var phone = Phone.check("139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)))
                .orThrow();
        return Actor.person(accounts.ensurePerson(SYSTEM, phone), "测试人", Set.of());
    }

    private static NewMerchant merchant(Actor owner, String name) {
        var card = BankCard.check("6222020000000000000").orThrow();
        return new NewMerchant(owner.accountId(), name, MerchantKind.SOLE_TRADER, null, "王小明", card);
    }

    private static NewStore store(String name) {
        return new NewStore(name, null, "510105", "解放路 12 号", ZoneId.of("Asia/Shanghai"), "restaurant");
    }
}
