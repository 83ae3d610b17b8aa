package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An answer with all that it rests on, in words for people who were not there.
 *
 * @param number names it, in the audit log too
 * @param version the hours that the store itself had set for the moment
 * @param askedBy the label of who asked, without personal data
 */
public record AnswerRecord(
        String number, String store, TradingState state, HoursVersion version, String askedBy, Instant askedAt) {

    private static final int MOST_BEATEN = 12;
    private static final int FEN = 100;

    /** What belongs together, under its heading. */
    public record Group(String heading, List<Line> lines) {}

    /** A name and what belongs to it. */
    public record Line(String name, String words) {}

    public String title(Locale locale) {
        return new HoursWords(locale).text("tradinghours.record.title");
    }

    /** From the answer to its origin. */
    public List<Group> groups(Locale locale) {
        var words = new HoursWords(locale);
        return List.of(
                new Group(words.text("tradinghours.record.answer"), answer(words)),
                new Group(words.text("tradinghours.why.by"), rules(words)),
                new Group(words.text("tradinghours.record.origin"), origin(words)));
    }

    /** How far the answer can be relied on. */
    public String note(Locale locale) {
        var words = new HoursWords(locale);
        return state.at().isBefore(askedAt)
                ? words.text("tradinghours.record.past")
                : words.text("tradinghours.record.ahead", moment(askedAt, words));
    }

    private List<Line> answer(HoursWords words) {
        var next = state.next();
        return List.of(
                line(words, "store", store),
                line(words, "at", moment(state.at(), words)),
                line(words, "sign", words.text("tradinghours.sign." + state.phase())),
                line(
                        words,
                        "collect",
                        words.text("tradinghours.sign.outside." + state.decision(), state.capFen() / FEN)),
                line(
                        words,
                        "reason",
                        words.reason(state.reason(), state.winning().note())),
                line(
                        words,
                        "next",
                        next == null
                                ? words.text("tradinghours.record.next.none")
                                : moment(next.at(), words) + " "
                                        + words.text("tradinghours.why.next." + next.phase())));
    }

    private List<Line> rules(HoursWords words) {
        var lines = new ArrayList<Line>();
        var plan = state.winning().plan();
        lines.add(new Line(
                "1 · " + words.named(state.winning()),
                plan == null
                        ? words.text("tradinghours.layer." + state.winning().layer())
                        : words.ranges(plan)));
        for (var beaten :
                state.beaten().subList(0, Math.min(MOST_BEATEN, state.beaten().size()))) {
            var hours = beaten.plan();
            lines.add(new Line(
                    lines.size() + 1 + " · " + words.named(beaten),
                    words.text(
                            "tradinghours.record.beaten",
                            hours == null ? words.text("tradinghours.layer." + beaten.layer()) : words.ranges(hours),
                            words.beats(state.winning(), beaten))));
        }
        return lines;
    }

    private List<Line> origin(HoursWords words) {
        var changedAt = version.changedAt();
        return List.of(
                line(
                        words,
                        "version",
                        changedAt == null
                                ? words.text("tradinghours.record.version.none")
                                : words.text(
                                        "tradinghours.record.version.of",
                                        String.valueOf(version.version()),
                                        moment(changedAt, words),
                                        Objects.requireNonNullElse(version.changedBy(), ""))),
                line(words, "askedBy", askedBy),
                line(words, "askedAt", moment(askedAt, words)),
                line(words, "number", number));
    }

    private static Line line(HoursWords words, String name, String value) {
        return new Line(words.text("tradinghours.record." + name), value);
    }

    /** In full, for who reads it elsewhere and later: 2026-02-14 周六 10:30 +08:00. */
    private String moment(Instant instant, HoursWords words) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd EEE HH:mm xxx", words.locale())
                .format(instant.atZone(version.document().zone()));
    }
}
