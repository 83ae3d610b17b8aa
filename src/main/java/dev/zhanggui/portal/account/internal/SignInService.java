package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.account.AccountActivity;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CodeIssued;
import dev.zhanggui.portal.account.LiveAuthentication;
import dev.zhanggui.portal.account.SecondFactor;
import dev.zhanggui.portal.account.SignIn;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Phone;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class SignInService implements SignIn {

    static final Duration CODE_VALID = Duration.ofMinutes(5);
    static final int CODE_TRIES = 5;
    private static final Duration HALF_VALID = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int SWEEP = 5_000;

    private final AccountRepository accounts;
    private final SignInRepository tries;
    private final LiveStates states;
    private final PasswordEncoder passwords;
    private final SignInLimits limits;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Checked when the login is unknown, so that the answer takes as long as for a known one. */
    private final String nobodysHash;

    SignInService(
            AccountRepository accounts,
            SignInRepository tries,
            LiveStates states,
            PasswordEncoder passwords,
            SignInLimits limits,
            ApplicationEventPublisher events,
            Clock clock) {
        this.accounts = accounts;
        this.tries = tries;
        this.states = states;
        this.passwords = passwords;
        this.limits = limits;
        this.events = events;
        this.clock = clock;
        this.nobodysHash = String.valueOf(passwords.encode("nobody"));
    }

    @Override
    @Transactional
    public CodeRequest requestCode(String typed, String address) {
        if (!(Phone.check(typed) instanceof Checked.Valid<Phone>(var phone))) {
            return new CodeRequest.NotAPhone(reason(typed));
        }
        var now = clock.instant();
        var full = longest(
                limits.interval().isZero()
                        ? Optional.empty()
                        : tries.full("code-phone|" + phone.e164(), 1, limits.interval(), now),
                tries.full("code-phone|" + phone.e164(), limits.codesPerPhone(), HOUR, now),
                tries.full("code-address|" + address, limits.codesPerAddress(), HOUR, now));
        if (full.isPresent()) {
            return new CodeRequest.Wait(full.get());
        }
        tries.count("code-phone|" + phone.e164(), now);
        tries.count("code-address|" + address, now);
        var code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
        tries.insertCode(phone, code, now, CODE_VALID, CODE_TRIES);
        events.publishEvent(new CodeIssued(phone, code, (int) CODE_VALID.toMinutes()));
        return new CodeRequest.Sent(CODE_VALID);
    }

    @Override
    @Transactional
    public CodeAnswer enterCode(String typedPhone, String typedCode, String address) {
        if (!(Phone.check(typedPhone) instanceof Checked.Valid<Phone>(var phone))) {
            return new CodeAnswer.Expired();
        }
        var now = clock.instant();
        var full = tries.full("try-address|" + address, limits.triesPerAddress(), QUARTER, now);
        if (full.isPresent()) {
            return new CodeAnswer.Wait(full.get());
        }
        var current = tries.current(phone, now);
        if (current.isEmpty() || !tries.takeTry(current.get())) {
            return new CodeAnswer.Expired();
        }
        var code = current.get();
        if (!MessageDigest.isEqual(code.hash(), tries.hash(phone, typedCode.replaceAll("\\s", "")))) {
            tries.count("try-address|" + address, now);
            int left = code.triesLeft() - 1;
            return left > 0 ? new CodeAnswer.Wrong(left) : new CodeAnswer.Expired();
        }
        if (!tries.use(code, now)) {
            return new CodeAnswer.Expired();
        }
        var account = accounts.ensurePerson(phone, now);
        if (account.disabled()) {
            return new CodeAnswer.Disabled();
        }
        tell(account.id(), account.label(), "account.signed-in");
        return new CodeAnswer.Welcome(authentication(account, FactorGrantedAuthority.OTT_AUTHORITY));
    }

    @Override
    @Transactional
    public PasswordAnswer enterPassword(String typedLogin, String password, String address) {
        var login = typedLogin.strip().toLowerCase(Locale.ROOT);
        var now = clock.instant();
        var full = longest(
                tries.full("password|" + login, limits.triesPerLogin(), QUARTER, now),
                tries.full("try-address|" + address, limits.triesPerAddress(), QUARTER, now));
        if (full.isPresent()) {
            return new PasswordAnswer.Wait(full.get());
        }
        var account = accounts.findStaff(login);
        var hash = account.map(AccountRepository.Row::passwordHash).orElse(nobodysHash);
        boolean right = passwords.matches(password, hash);
        if (account.isEmpty() || !right || account.get().disabled()) {
            tries.count("password|" + login, now);
            tries.count("try-address|" + address, now);
            return new PasswordAnswer.Wrong();
        }
        var found = account.get();
        var half = new HalfSignedIn(found.id(), now);
        boolean enrolled = accounts.factor(found.id())
                .map(AccountRepository.Factor::confirmed)
                .orElse(false);
        if (enrolled) {
            return new PasswordAnswer.NeedsSecondFactor(half);
        }
        if (states.state(found.id()).secondFactorDue()) {
            return new PasswordAnswer.NeedsEnrolment(half);
        }
        tell(found.id(), found.label(), "account.signed-in");
        return new PasswordAnswer.Welcome(authentication(found, FactorGrantedAuthority.PASSWORD_AUTHORITY));
    }

    @Override
    @Transactional
    public FactorAnswer enterSecondFactor(HalfSignedIn half, String code) {
        return checkFactor(half, code, false);
    }

    @Override
    @Transactional
    public Enrolment startEnrolment(HalfSignedIn half) {
        var secret = Totp.newSecret();
        if (!accounts.offerSecret(half.account(), secret)) {
            throw new IllegalStateException(half.account() + " has a second factor already");
        }
        var label = accounts.find(half.account()).orElseThrow().label();
        var grouped = Totp.base32(secret).replaceAll("(.{4})(?!$)", "$1 ");
        return new Enrolment(grouped, Totp.uri(secret, label));
    }

    @Override
    @Transactional
    public FactorAnswer confirmEnrolment(HalfSignedIn half, String code) {
        return checkFactor(half, code, true);
    }

    private FactorAnswer checkFactor(HalfSignedIn half, String code, boolean enrolling) {
        var now = clock.instant();
        if (half.since().plus(HALF_VALID).isBefore(now)) {
            return new FactorAnswer.StartOver();
        }
        var bucket = "factor|" + half.account().value();
        var full = tries.full(bucket, limits.triesPerLogin(), QUARTER, now);
        if (full.isPresent()) {
            return new FactorAnswer.Wait(full.get());
        }
        var account = accounts.find(half.account()).filter(row -> !row.disabled());
        var factor = accounts.factor(half.account()).filter(known -> known.confirmed() != enrolling);
        if (account.isEmpty() || factor.isEmpty()) {
            return new FactorAnswer.StartOver();
        }
        var step = Totp.step(factor.get().secret(), code, now);
        if (step.isEmpty() || !accounts.useStep(half.account(), step.getAsLong(), now, enrolling)) {
            tries.count(bucket, now);
            return new FactorAnswer.Wrong();
        }
        states.changed(half.account());
        if (enrolling) {
            tell(half.account(), account.get().label(), "account.second-factor-enrolled");
        }
        tell(half.account(), account.get().label(), "account.signed-in");
        return new FactorAnswer.Welcome(
                authentication(account.get(), FactorGrantedAuthority.PASSWORD_AUTHORITY, SecondFactor.AUTHORITY));
    }

    /** Forgets what no window looks at any more. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    @Transactional
    void sweep() {
        tries.forgetBefore(clock.instant().minus(Duration.ofDays(1)), SWEEP);
    }

    private LiveAuthentication authentication(AccountRepository.Row account, String... factors) {
        var now = clock.instant();
        var shown = new ArrayList<FactorGrantedAuthority>();
        for (var factor : List.of(factors)) {
            shown.add(FactorGrantedAuthority.withAuthority(factor).issuedAt(now).build());
        }
        return new LiveAuthentication(account.id(), account.label(), account.staff(), shown, states);
    }

    private void tell(AccountId account, String label, String action) {
        events.publishEvent(new AccountActivity(
                Actor.person(account, label, Set.of()), action, account.toString(), null, null, null, null));
    }

    private static String reason(String typed) {
        return Phone.check(typed) instanceof Checked.Invalid<Phone>(var reason) ? reason : "";
    }

    @SafeVarargs
    private static Optional<Duration> longest(Optional<Duration>... waits) {
        return Stream.of(waits).flatMap(Optional::stream).max(Duration::compareTo);
    }
}
