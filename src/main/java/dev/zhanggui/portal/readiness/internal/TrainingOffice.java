package dev.zhanggui.portal.readiness.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.readiness.Material;
import dev.zhanggui.portal.readiness.MaterialDraft;
import dev.zhanggui.portal.readiness.MaterialOutcome;
import dev.zhanggui.portal.readiness.QuizOutcome;
import dev.zhanggui.portal.readiness.StaffTraining;
import dev.zhanggui.portal.readiness.Training;
import dev.zhanggui.portal.readiness.TrainingStatus;
import dev.zhanggui.portal.readiness.internal.ReadinessRepository.Pass;
import dev.zhanggui.portal.shared.MerchantId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

@Service
class TrainingOffice implements Training {

    /** Sees the names of members on behalf of a manager, who may not keep them. */
    private static final Actor TRAINING = Actor.system("training");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final ReadinessRepository readiness;
    private final Accounts accounts;
    private final Access access;
    private final AuditLog audit;
    private final Clock clock;

    TrainingOffice(ReadinessRepository readiness, Accounts accounts, Access access, AuditLog audit, Clock clock) {
        this.readiness = readiness;
        this.accounts = accounts;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Material material(Actor actor, MerchantId merchant, Locale locale) {
        access.requireMember(actor, merchant, Role.CASHIER);
        return current(merchant, locale);
    }

    private Material current(MerchantId merchant, Locale locale) {
        return readiness.material(merchant).orElseGet(() -> platforms(locale));
    }

    /** Whoever read it in English has read it: the mark is that of the Chinese text. */
    private static Material platforms(Locale locale) {
        return new Material(
                0,
                new Templates(locale).material(),
                MaterialMark.of(new Templates(Locale.SIMPLIFIED_CHINESE).material()),
                null,
                null);
    }

    @Override
    @Transactional
    public MaterialOutcome change(Actor actor, MerchantId merchant, MaterialDraft draft, int expectedVersion) {
        access.requireMember(actor, merchant, Role.MANAGER);
        var fault = draft.fault();
        if (fault != null) {
            return new MaterialOutcome.Invalid(fault);
        }
        var current = current(merchant, Locale.SIMPLIFIED_CHINESE);
        if (current.version() != expectedVersion) {
            return new MaterialOutcome.Conflict(current, draft);
        }
        if (current.content().equals(draft)) {
            return new MaterialOutcome.Unchanged(current);
        }
        var now = now();
        if (!readiness.add(merchant, expectedVersion + 1, draft, now, actor)) {
            return new MaterialOutcome.Conflict(current(merchant, Locale.SIMPLIFIED_CHINESE), draft);
        }
        var changed = new Material(expectedVersion + 1, draft, MaterialMark.of(draft), now, actor.label());
        audit.record(
                actor, "training-material.changed", merchant.toString(), merchant, json(current), json(changed), null);
        return new MaterialOutcome.Saved(changed);
    }

    @Override
    @Transactional
    public QuizOutcome answer(Actor actor, MerchantId merchant, String mark, List<Integer> answers) {
        access.requireMember(actor, merchant, Role.CASHIER);
        var account = actor.accountId();
        var material = current(merchant, Locale.SIMPLIFIED_CHINESE);
        if (!material.mark().equals(mark)) {
            return new QuizOutcome.MaterialChanged(material);
        }
        var questions = material.content().questions();
        if (answers.size() != questions.size() || answers.contains(-1)) {
            return new QuizOutcome.Incomplete();
        }
        var wrong = IntStream.range(0, questions.size())
                .filter(i -> answers.get(i) != questions.get(i).right())
                .boxed()
                .toList();
        var now = now();
        readiness.addTry(merchant, account, material, questions.size() - wrong.size(), questions.size(), now);
        if (!wrong.isEmpty()) {
            return new QuizOutcome.Wrong(wrong);
        }
        audit.record(
                actor,
                "training.passed",
                account.toString(),
                merchant,
                null,
                "{\"version\":" + material.version() + ",\"mark\":\"" + mark + "\"}",
                null);
        return new QuizOutcome.Passed(now);
    }

    @Override
    @Transactional(readOnly = true)
    public TrainingStatus mine(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.CASHIER);
        return statuses(merchant).apply(actor.accountId());
    }

    @Override
    @Transactional(readOnly = true)
    public List<StaffTraining> staff(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.MANAGER);
        var statuses = statuses(merchant);
        return accounts.members(TRAINING, merchant).stream()
                .map(member -> new StaffTraining(
                        member.account(), member.phoneMasked(), member.role(), statuses.apply(member.account())))
                .toList();
    }

    private Function<AccountId, TrainingStatus> statuses(MerchantId merchant) {
        var mark = current(merchant, Locale.SIMPLIFIED_CHINESE).mark();
        var current = new HashMap<AccountId, Instant>();
        var ever = new HashMap<AccountId, Instant>();
        for (Pass pass : readiness.passes(merchant)) {
            ever.put(pass.account(), pass.at());
            if (pass.mark().equals(mark)) {
                current.put(pass.account(), pass.at());
            }
        }
        return account -> status(current.get(account), ever.get(account));
    }

    private static TrainingStatus status(@Nullable Instant current, @Nullable Instant ever) {
        if (current != null) {
            return new TrainingStatus.Passed(current);
        }
        return ever == null ? new TrainingStatus.NotStarted() : new TrainingStatus.MustRetrain(ever);
    }

    @Override
    @Transactional
    public String csv(Actor actor, MerchantId merchant, Locale locale) {
        var texts = new Templates(locale);
        var rows = staff(actor, merchant).stream()
                .map(one -> line(
                        one.phoneMasked(),
                        texts.text("account.role." + one.role()),
                        texts.text("readiness.status." + name(one.status())),
                        switch (one.status()) {
                            case TrainingStatus.NotStarted() -> "";
                            case TrainingStatus.Passed(var at) -> DAY.format(at);
                            case TrainingStatus.MustRetrain(var at) -> DAY.format(at);
                        }))
                .collect(Collectors.joining());
        audit.record(actor, "training.exported", merchant.toString(), merchant, null, null, null);
        return "\uFEFF"
                + line(
                        texts.text("readiness.csv.phone"),
                        texts.text("readiness.csv.role"),
                        texts.text("readiness.csv.status"),
                        texts.text("readiness.csv.passed"))
                + rows;
    }

    private static String name(TrainingStatus status) {
        return switch (status) {
            case TrainingStatus.NotStarted() -> "NOT_STARTED";
            case TrainingStatus.Passed it -> "PASSED";
            case TrainingStatus.MustRetrain it -> "MUST_RETRAIN";
        };
    }

    /** Quoted always; nothing a spreadsheet could take for a formula begins a cell here, as no cell is free text. */
    private static String line(String... cells) {
        return List.of(cells).stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayWrite(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.CASHIER);
        var role = access.memberships(actor).get(merchant);
        return actor.isSystem() || role != null && role.covers(Role.MANAGER);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String json(Material material) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "version",
                        material.version(),
                        "mark",
                        material.mark(),
                        "title",
                        material.content().title()));
    }
}
