package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.Sheet;
import dev.zhanggui.portal.qrcode.SheetPress;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.AnswerRecord;
import dev.zhanggui.portal.tradinghours.AnswerRecords;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts an answer and its reasons on paper; the code at its foot leads back to the same moment on the hours page. */
@Service
class AnswerPrinter implements AnswerRecords {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TradingHours hours;
    private final Merchants merchants;
    private final Access access;
    private final SheetPress press;
    private final AuditLog audit;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final String publicUrl;

    AnswerPrinter(
            TradingHours hours,
            Merchants merchants,
            Access access,
            SheetPress press,
            AuditLog audit,
            TransactionOperations transaction,
            Clock clock,
            @Value("${zhanggui.public-url:http://localhost:8080}") String publicUrl) {
        this.hours = hours;
        this.merchants = merchants;
        this.access = access;
        this.press = press;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    @Override
    public Optional<Kept> keep(Actor actor, StoreId id, Instant at, Locale locale) {
        var store = merchants.store(actor, id);
        access.requireMemberOrStaff(
                actor, store.merchantId(), Role.CASHIER, Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR);
        var language = locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        var answer = new AnswerRecord(
                Ids.ulid(),
                store.name(),
                hours.stateAt(actor, id, at),
                hours.versionAt(actor, id, at),
                actor.label(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        var printed = press.print(sheet(store, answer, language));
        printed.ifPresent(pdf -> transaction.executeWithoutResult(status -> audit.record(
                actor, "answer.kept", id.toString(), store.merchantId(), null, json(answer, language), null)));
        return printed.map(pdf -> new Kept(answer.number(), "answer-" + answer.number() + ".pdf", pdf));
    }

    private Sheet sheet(Store store, AnswerRecord answer, Locale locale) {
        var words = new HoursWords(locale);
        var parts = new ArrayList<Sheet.Part>();
        for (var group : answer.groups(locale)) {
            parts.add(new Sheet.Part.Heading(group.heading()));
            parts.add(new Sheet.Part.Table(group.lines().stream()
                    .map(line -> new Sheet.Row(line.name(), line.words()))
                    .toList()));
        }
        parts.add(new Sheet.Part.Text(answer.note(locale)));
        var local =
                answer.state().at().atZone(answer.version().document().zone()).toLocalDateTime();
        // In two parts: too long for one line, and nothing in it to break at.
        var page = publicUrl + "/merchant/hours";
        var question = "?store=" + store.publicId() + "&at=" + local.truncatedTo(ChronoUnit.MINUTES);
        return new Sheet(
                Sheet.Paper.A4,
                answer.title(locale),
                parts,
                new Sheet.Code(
                        page + question,
                        words.text("tradinghours.record.scan"),
                        List.of(page, question, words.text("tradinghours.record.log", answer.number()))));
    }

    /** The same for machines. */
    private static String json(AnswerRecord answer, Locale locale) {
        var state = answer.state();
        var json = JSON.createObjectNode()
                .put("number", answer.number())
                .put("at", state.at().toString())
                .put("phase", state.phase().name())
                .put("decision", state.decision().name())
                .put("capFen", state.capFen())
                .put("reason", state.reason().name())
                .put("hoursVersion", answer.version().version())
                .put("language", locale.getLanguage());
        json.set("winning", json(state.winning()));
        var beaten = json.putArray("beaten");
        state.beaten().forEach(rule -> beaten.add(json(rule)));
        var next = state.next();
        if (next != null) {
            json.put("nextAt", next.at().toString())
                    .put("nextPhase", next.phase().name());
        }
        return json.toString();
    }

    private static ObjectNode json(Rule rule) {
        var json =
                JSON.createObjectNode().put("layer", rule.layer().name()).put("words", HoursWords.CHINESE.named(rule));
        var plan = rule.plan();
        if (plan != null) {
            var periods = json.putArray("periods");
            plan.texts().forEach(periods::add);
        }
        return json;
    }
}
