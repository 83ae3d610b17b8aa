package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats that hours come in and go out. */
public enum HoursFormat {
    /** Our own document, which carries everything. */
    ZHANGGUI("zhanggui", true) {
        @Override
        Read parse(String text, Setting setting) {
            return switch (HoursDocument.parse(text)) {
                case HoursDocument.Parsed.Valid(var document) -> new Read.Valid(document, List.of());
                case HoursDocument.Parsed.Invalid(var errors) -> new Read.Invalid(findings(errors));
            };
        }

        @Override
        public Written write(HoursDocument document, Setting setting) {
            return new Written(document.json(), List.of());
        }

        @Override
        public HoursDocument into(HoursDocument current, HoursDocument read) {
            return read;
        }
    },
    /** The {@code opening_hours} key of OpenStreetMap, specification 0.7.2. */
    OSM("osm", false) {
        @Override
        Read parse(String text, Setting setting) {
            return new OsmReader(text, setting).read();
        }

        @Override
        public Written write(HoursDocument document, Setting setting) {
            return new OsmWriter(document).write();
        }
    },
    /** OpeningHoursSpecification as JSON-LD. */
    SCHEMA_ORG("schema.org", true) {
        @Override
        Read parse(String text, Setting setting) {
            return new SchemaOrgReader(setting).read(text);
        }

        @Override
        public Written write(HoursDocument document, Setting setting) {
            return new SchemaOrgWriter(document, setting).write();
        }
    },
    /** regularHours and specialHours of a Google Business Profile. */
    GOOGLE("google", true) {
        @Override
        Read parse(String text, Setting setting) {
            return new GoogleReader(setting).read(text);
        }

        @Override
        public Written write(HoursDocument document, Setting setting) {
            return new GoogleWriter(document, setting).write();
        }
    },
    /** A sentence, Chinese or English, as {@link HoursWords} says it. */
    WORDS("words", false) {
        @Override
        Read parse(String text, Setting setting) {
            boolean chinese = text.codePoints().anyMatch(Character::isIdeographic);
            return chinese ? new ChineseReader(text, setting).read() : new EnglishReader(text, setting).read();
        }

        @Override
        public Written write(HoursDocument document, Setting setting) {
            return new Written(HoursWords.CHINESE.sentence(sayable(document)), Lost.inWords(document, setting));
        }

        /** "春节关" changes the Spring Festival and nothing else; a sentence about the week says all. */
        @Override
        public HoursDocument into(HoursDocument current, HoursDocument read) {
            boolean all = !read.weekly().notSet();
            var before = current.dayKinds();
            var kinds = read.dayKinds();
            var dates = new ArrayList<DatedRule>();
            for (var rule : current.dates()) {
                var again =
                        read.dates().stream().filter(it -> sameDates(it, rule)).findFirst();
                if (again.isEmpty() && !all) {
                    dates.add(rule);
                }
            }
            for (var rule : read.dates()) {
                // A sentence gives no reasons; the one that was there stays.
                var reason = current.dates().stream()
                        .filter(it -> sameDates(it, rule) && it.plan().equals(rule.plan()))
                        .map(DatedRule::reason)
                        .findFirst()
                        .orElse(null);
                dates.add(new DatedRule(rule.from(), rule.to(), rule.plan(), reason));
            }
            var changed =
                    current.withDates(dates).withSeasons(read.seasons().isEmpty() ? current.seasons() : read.seasons());
            return all
                    ? changed.withWeekly(read.weekly()).withDayKinds(kinds)
                    : changed.withDayKinds(new DayKindRules(
                            kinds.holiday() == null ? before.holiday() : kinds.holiday(),
                            kinds.transferredRest() == null ? before.transferredRest() : kinds.transferredRest(),
                            kinds.makeUpWorkday() == null ? before.makeUpWorkday() : kinds.makeUpWorkday()));
        }

        private static boolean sameDates(DatedRule one, DatedRule other) {
            return one.from().equals(other.from()) && one.to().equals(other.to());
        }
    },
    /** An iCalendar file of the shifts to come. */
    ICAL("ical", false) {
        @Override
        Read parse(String text, Setting setting) {
            return new CalendarReader(setting).read(text);
        }

        @Override
        public Written write(HoursDocument document, Setting setting) {
            return CalendarWriter.feed(
                    document,
                    setting,
                    "hours",
                    "营业 Open",
                    setting.today().atStartOfDay(setting.zone()).toInstant());
        }
    };

    private final String code;
    private final boolean json;

    HoursFormat(String code, boolean json) {
        this.code = code;
        this.json = json;
    }

    /** Its name in the HTTP API. */
    public String code() {
        return code;
    }

    /** Whether its texts are JSON. */
    public boolean json() {
        return json;
    }

    public static Optional<HoursFormat> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }

    /** Reads strictly. Whatever is valid is also valid as our own document. */
    public Read read(String text, Setting setting) {
        var read = parse(text, setting);
        if (read instanceof Read.Valid(var document, var warnings)
                && HoursDocument.parse(document.json()) instanceof HoursDocument.Parsed.Invalid(var errors)) {
            // Our own limits: more dates or shifts than a store can need.
            return new Read.Invalid(findings(errors));
        }
        return read;
    }

    abstract Read parse(String text, Setting setting);

    /** Writes what the format can say, and names the rest. */
    public abstract Written write(HoursDocument document, Setting setting);

    /**
     * What a store has after a text of this format was put in: the text's plan, and from before what the format has no words
     * for, so that nothing is lost by going out and in again.
     */
    public HoursDocument into(HoursDocument current, HoursDocument read) {
        var kinds = current.dayKinds();
        var changed = current.withWeekly(read.weekly().notSet() ? current.weekly() : read.weekly())
                .withDates(read.dates());
        return layered()
                ? changed.withDayKinds(new DayKindRules(
                                read.dayKinds().holiday(), kinds.transferredRest(), kinds.makeUpWorkday()))
                        .withSeasons(read.seasons())
                : changed;
    }

    /** The part of the hours that one sentence says, and that is understood again. */
    public static HoursDocument sayable(HoursDocument document) {
        return HoursDocument.weekly(document.zone(), document.weekly())
                .withDayKinds(document.dayKinds())
                .withDates(document.dates());
    }

    /** Whether it has words for seasons and public holidays. */
    private boolean layered() {
        return this == OSM || this == SCHEMA_ORG;
    }

    private static List<Finding> findings(List<HoursError> errors) {
        return errors.stream()
                .map(it -> new Finding(
                        new Finding.Place.Path(it.path()),
                        Finding.Kind.valueOf(it.kind().name()),
                        it.value()))
                .toList();
    }
}
