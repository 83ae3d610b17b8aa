package dev.zhanggui.portal.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.LiveAuthentication;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.account.SecondFactor;
import dev.zhanggui.portal.account.SignIn;
import dev.zhanggui.portal.account.SignIn.CodeAnswer;
import dev.zhanggui.portal.account.SignIn.CodeRequest;
import dev.zhanggui.portal.account.SignIn.FactorAnswer;
import dev.zhanggui.portal.account.SignIn.PasswordAnswer;
import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

class SignInServiceTest extends DatabaseTest {

    private static final AtomicInteger NEXT = new AtomicInteger(100);
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    AccountRepository repository;

    @Autowired
    SignInRepository tries;

    @Autowired
    LiveStates states;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Accounts accounts;

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transactions;

    private String phone = "";
    private String address = "";

    @BeforeEach
    void freshPhoneAndAddress() {
        phone = "1381111" + String.format("%04d", NEXT.incrementAndGet());
        address = "address-" + Ids.next();
    }

    /** The service with the limits of production; each call in a transaction of its own, as the proxy would. */
    private SignIn strict() {
        return new SignInService(repository, tries, states, passwords, SignInLimits.STRICT, events, clock);
    }

    private CodeRequest ask() {
        return transactions.execute(tx -> strict().requestCode(phone, address));
    }

    private CodeAnswer enter(String code) {
        return transactions.execute(tx -> strict().enterCode(phone, code, address));
    }

    private PasswordAnswer password(String login, String password) {
        return transactions.execute(tx -> strict().enterPassword(login, password, address));
    }

    private String sentCode() {
        var message = outbox.latest(Optional.of(valid(phone))).getFirst();
        assertThat(message.template()).isEqualTo("sign-in-code");
        return message.params().getOrDefault("code", "");
    }

    private static Phone valid(String text) {
        return ((Checked.Valid<Phone>) Phone.check(text)).value();
    }

    private static String otherThan(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    private AccountId staff(String login, Role... roles) {
        var created = accounts.createStaff(Actor.system("test"), login, "小算盘", PASSWORD, Set.of(roles));
        return ((Accounts.StaffCreation.Created) created).account();
    }

    private static String login() {
        return "s" + Long.toString(Ids.next(), 36);
    }

    @Test
    void theRightCodeMakesAnAccountOnFirstUseAndFindsItAgainLater() {
        assertThat(ask()).isEqualTo(new CodeRequest.Sent(Duration.ofMinutes(5)));
        var first = (CodeAnswer.Welcome) enter(sentCode());
        assertThat(first.authentication().roles()).containsExactly(Role.APPLICANT);

        clock.advance(Duration.ofMinutes(2));
        ask();
        var second = (CodeAnswer.Welcome) enter(sentCode());
        assertThat(second.authentication().account())
                .isEqualTo(first.authentication().account());
    }

    @Test
    void askingLooksTheSameForAPhoneWithAndWithoutAnAccount() {
        accounts.ensurePerson(Actor.system("test"), valid(phone));
        var known = ask();
        phone = "1381111" + String.format("%04d", NEXT.incrementAndGet());
        var unknown = ask();

        assertThat(known).isEqualTo(unknown).isEqualTo(new CodeRequest.Sent(Duration.ofMinutes(5)));
    }

    @Test
    void textThatIsNoPhoneIsToldWhy() {
        phone = "12345";
        assertThat(ask()).isEqualTo(new CodeRequest.NotAPhone("length"));
    }

    @Test
    void aSecondCodeWithinAMinuteMustWait() {
        ask();
        clock.advance(Duration.ofSeconds(20));
        assertThat(ask()).isEqualTo(new CodeRequest.Wait(Duration.ofSeconds(40)));
        clock.advance(Duration.ofSeconds(40));
        assertThat(ask()).isInstanceOf(CodeRequest.Sent.class);
    }

    @Test
    void theSixthCodeWithinAnHourMustWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask()).isInstanceOf(CodeRequest.Sent.class);
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(ask()).isEqualTo(new CodeRequest.Wait(Duration.ofMinutes(50)));
    }

    @Test
    void oneAddressCannotAskForManyPhones() {
        for (int i = 0; i < 60; i++) {
            phone = "1381111" + String.format("%04d", NEXT.incrementAndGet());
            assertThat(ask()).isInstanceOf(CodeRequest.Sent.class);
        }
        phone = "1381111" + String.format("%04d", NEXT.incrementAndGet());
        assertThat(ask()).isEqualTo(new CodeRequest.Wait(Duration.ofHours(1)));
    }

    @Test
    void aWrongCodeCountsDownAndTheFifthEndsTheCode() {
        ask();
        var right = sentCode();
        var wrong = otherThan(right);
        for (int left = 4; left >= 1; left--) {
            assertThat(enter(wrong)).isEqualTo(new CodeAnswer.Wrong(left));
        }
        assertThat(enter(wrong)).isEqualTo(new CodeAnswer.Expired());
        assertThat(enter(right)).isEqualTo(new CodeAnswer.Expired());
    }

    @Test
    void aCodeIsGoodForFiveMinutesAndForOnce() {
        ask();
        var code = sentCode();
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(enter(code)).isInstanceOf(CodeAnswer.Welcome.class);
        assertThat(enter(code)).isEqualTo(new CodeAnswer.Expired());

        ask();
        var late = sentCode();
        clock.advance(Duration.ofMinutes(5));
        assertThat(enter(late)).isEqualTo(new CodeAnswer.Expired());
    }

    @Test
    void aPhoneThatNeverAskedIsAnsweredLikeAnExpiredCode() {
        assertThat(enter("123456")).isEqualTo(new CodeAnswer.Expired());
    }

    @Test
    void whenASecondFactorIsRequiredThePasswordAloneOpensNothingAndEnrolmentComesFirst() {
        var login = login();
        var id = staff(login, Role.REVIEWER);
        var required = new LiveStates(repository, SecondFactorPolicy.REQUIRED);
        var signIn = new SignInService(repository, tries, required, passwords, SignInLimits.STRICT, events, clock);

        var answer = transactions.execute(tx -> signIn.enterPassword(login, PASSWORD, address));
        assertThat(answer).isEqualTo(new PasswordAnswer.NeedsEnrolment(new SignIn.HalfSignedIn(id, clock.instant())));
        var half = ((PasswordAnswer.NeedsEnrolment) answer).half();

        transactions.execute(tx -> signIn.startEnrolment(half));
        var secret = repository.factor(id).orElseThrow().secret();
        var confirmed = transactions.execute(tx -> signIn.confirmEnrolment(half, Totp.code(secret, clock.instant())));
        var welcome = (FactorAnswer.Welcome) confirmed;
        assertThat(welcome.authentication().roles()).containsExactly(Role.REVIEWER);
        assertThat(welcome.authentication().getAuthorities())
                .extracting("authority")
                .contains(SecondFactor.AUTHORITY, "FACTOR_PASSWORD", "ROLE_REVIEWER");
    }

    @Test
    void anEnrolledStaffMemberIsAskedForTheFactorAndACodeWorksOnce() {
        var login = login();
        var id = staff(login, Role.SERVICE);
        enrol(login, id);
        clock.advance(Duration.ofMinutes(1));

        var half = ((PasswordAnswer.NeedsSecondFactor) password(login, PASSWORD)).half();
        var code = Totp.code(repository.factor(id).orElseThrow().secret(), clock.instant());
        assertThat(factor(half, otherThan(code))).isEqualTo(new FactorAnswer.Wrong());
        assertThat(factor(half, code)).isInstanceOf(FactorAnswer.Welcome.class);
        assertThat(factor(half, code)).isEqualTo(new FactorAnswer.Wrong());
    }

    @Test
    void tenMinutesAfterThePasswordTheFactorIsTooLate() {
        var login = login();
        var id = staff(login, Role.SERVICE);
        enrol(login, id);
        var half = ((PasswordAnswer.NeedsSecondFactor) password(login, PASSWORD)).half();
        clock.advance(Duration.ofMinutes(10).plusMillis(1));

        var code = Totp.code(repository.factor(id).orElseThrow().secret(), clock.instant());
        assertThat(factor(half, code)).isEqualTo(new FactorAnswer.StartOver());
    }

    @Test
    void aSessionWithoutTheFactorLosesItsRolesWhenTheAccountEnrols() {
        var login = login();
        var id = staff(login, Role.ADMIN);
        var session = ((PasswordAnswer.Welcome) password(login, PASSWORD)).authentication();
        assertThat(session.roles()).containsExactly(Role.ADMIN);

        enrol(login, id);

        assertThat(session.factorMissing()).isTrue();
        assertThat(session.roles()).isEmpty();
        assertThat(session.actor().isStaff()).isFalse();
    }

    @Test
    void wrongPasswordUnknownLoginAndClosedAccountLookAlike() {
        var login = login();
        var id = staff(login, Role.SERVICE);
        assertThat(password(login, "wrong")).isEqualTo(new PasswordAnswer.Wrong());
        assertThat(password("nobody-" + login, PASSWORD)).isEqualTo(new PasswordAnswer.Wrong());

        accounts.setDisabled(Actor.system("test"), id, 0, true);
        assertThat(password(login, PASSWORD)).isEqualTo(new PasswordAnswer.Wrong());
    }

    @Test
    void eightWrongPasswordsMakeTheLoginWait() {
        var login = login();
        staff(login, Role.SERVICE);
        for (int i = 0; i < 8; i++) {
            assertThat(password(login, "wrong")).isEqualTo(new PasswordAnswer.Wrong());
        }
        assertThat(password(login, PASSWORD)).isEqualTo(new PasswordAnswer.Wait(Duration.ofMinutes(15)));
    }

    @Test
    void aDisabledAccountLosesItsSessionAtOnce() {
        var login = login();
        var id = staff(login, Role.WAREHOUSE);
        LiveAuthentication session = ((PasswordAnswer.Welcome) password(login, PASSWORD)).authentication();
        assertThat(session.isAuthenticated()).isTrue();

        accounts.setDisabled(Actor.system("test"), id, 0, true);

        assertThat(session.isAuthenticated()).isFalse();
        assertThat(session.roles()).isEmpty();
    }

    private void enrol(String login, AccountId id) {
        var half = new SignIn.HalfSignedIn(id, clock.instant());
        transactions.execute(tx -> strict().startEnrolment(half));
        var secret = repository.factor(id).orElseThrow().secret();
        assertThat(transactions.<FactorAnswer>execute(
                        tx -> strict().confirmEnrolment(half, Totp.code(secret, clock.instant()))))
                .isInstanceOf(FactorAnswer.Welcome.class);
    }

    private FactorAnswer factor(SignIn.HalfSignedIn half, String code) {
        return transactions.execute(tx -> strict().enterSecondFactor(half, code));
    }
}
