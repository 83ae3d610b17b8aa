package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
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
        var changed = current.withWeekly(read.weekly()).withDates(read.dates());
        return layered()
                ? changed.withDayKinds(new DayKindRules(
                                read.dayKinds().holiday(), kinds.transferredRest(), kinds.makeUpWorkday()))
                        .withSeasons(read.seasons())
                : changed;
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
