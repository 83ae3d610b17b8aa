package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.NoticeDay;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeFault.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format of holiday-cn (github.com/NateScarlet/holiday-cn): {@code {"year":2026,"papers":["https://…"],"days":[{"name":"元旦",
 * "date":"2026-01-01","isOffDay":true}]}}. It is also how notices are kept.
 */
public final class NoticeJson {

    static final int MOST_DAYS = 200;

    private static final int MOST_PAPERS = 20;
    private static final int LONGEST_PAPER = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final List<NoticeFault> faults;

    record Read(List<String> papers, List<Found> days) {
        static final Read NOTHING = new Read(List.of(), List.of());
    }

    NoticeJson(List<NoticeFault> faults) {
        this.faults = faults;
    }

    public static String write(Notice notice) {
        var root = MAPPER.createObjectNode();
        root.put("year", notice.year());
        var papers = root.putArray("papers");
        notice.papers().forEach(papers::add);
        var days = root.putArray("days");
        for (var day : notice.days()) {
            days.addObject()
                    .put("name", day.name())
                    .put("date", day.date().toString())
                    .put("isOffDay", day.off());
        }
        return MAPPER.writeValueAsString(root);
    }

    /** Reads what {@link #write} wrote; judged when it was proposed, it is not judged again by rules that changed since. */
    static Notice kept(int year, String json) {
        var faults = new ArrayList<NoticeFault>();
        var read = new NoticeJson(faults).read(year, json);
        if (faults.stream().anyMatch(NoticeFault::isError)) {
            throw new IllegalStateException("the kept notice of " + year + " cannot be read: " + faults);
        }
        return new Notice(
                year, read.papers(), read.days().stream().map(Found::day).toList());
    }

    Read read(int year, String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            var location = e.getLocation();
            error(location == null ? "" : String.valueOf(location.getLineNr()), Kind.NOT_JSON, e.getOriginalMessage());
            return Read.NOTHING;
        }
        if (!(root instanceof ObjectNode object)) {
            error("", Kind.WRONG_TYPE, text(root));
            return Read.NOTHING;
        }
        known(object, "", Set.of("$schema", "$id", "year", "papers", "days"));
        year(year, object.get("year"));
        return new Read(papers(object.get("papers")), days(object.get("days")));
    }

    private void year(int wanted, @Nullable JsonNode node) {
        if (node == null) {
            error("year", Kind.MISSING, "");
        } else if (!node.isInt()) {
            error("year", Kind.WRONG_TYPE, text(node));
        } else if (node.intValue() != wanted) {
            error("year", Kind.WRONG_YEAR, text(node));
        }
    }

    private List<String> papers(@Nullable JsonNode node) {
        var papers = new ArrayList<String>();
        if (node instanceof ArrayNode array && array.size() <= MOST_PAPERS) {
            for (int i = 0; i < array.size(); i++) {
                var paper = array.get(i);
                if (!paper.isString()) {
                    error("papers[" + i + "]", Kind.WRONG_TYPE, text(paper));
                } else if (paper.stringValue().length() > LONGEST_PAPER) {
                    error("papers[" + i + "]", Kind.TOO_LONG, text(paper));
                } else {
                    papers.add(paper.stringValue());
                }
            }
        } else if (node != null) {
            error("papers", node.isArray() ? Kind.TOO_LONG : Kind.WRONG_TYPE, text(node));
        }
        return papers;
    }

    private List<Found> days(@Nullable JsonNode node) {
        var days = new ArrayList<Found>();
        if (!(node instanceof ArrayNode array)) {
            error("days", node == null ? Kind.MISSING : Kind.WRONG_TYPE, node == null ? "" : text(node));
        } else if (array.size() > MOST_DAYS) {
            error("days", Kind.TOO_MANY_DAYS, String.valueOf(array.size()));
        } else {
            for (int i = 0; i < array.size(); i++) {
                var day = day(array.get(i), "days[" + i + "]");
                if (day != null) {
                    days.add(new Found("days[" + i + "].date", day));
                }
            }
        }
        return days;
    }

    private @Nullable NoticeDay day(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            error(path, Kind.WRONG_TYPE, text(node));
            return null;
        }
        known(object, path + ".", Set.of("name", "date", "isOffDay"));
        var name = string(object.get("name"), path + ".name");
        var written = string(object.get("date"), path + ".date");
        var off = object.get("isOffDay");
        if (off == null || !off.isBoolean()) {
            error(path + ".isOffDay", off == null ? Kind.MISSING : Kind.WRONG_TYPE, off == null ? "" : text(off));
            off = null;
        }
        if (name != null && (name.isBlank() || name.length() > NoticeDay.LONGEST_NAME)) {
            error(path + ".name", name.isBlank() ? Kind.MISSING : Kind.TOO_LONG, name);
            name = null;
        }
        var date = written == null ? null : date(written, path + ".date");
        return name == null || date == null || off == null
                ? null
                : new NoticeDay(date, off.booleanValue(), name.strip());
    }

    private @Nullable LocalDate date(String written, String path) {
        try {
            return LocalDate.parse(written, DATE);
        } catch (DateTimeException e) {
            error(path, Kind.NOT_A_DATE, written);
            return null;
        }
    }

    private @Nullable String string(@Nullable JsonNode node, String path) {
        if (node == null || !node.isString()) {
            error(path, node == null ? Kind.MISSING : Kind.WRONG_TYPE, node == null ? "" : text(node));
            return null;
        }
        return node.stringValue();
    }

    private void known(ObjectNode object, String prefix, Set<String> names) {
        for (var entry : object.properties()) {
            if (!names.contains(entry.getKey())) {
                error(prefix + entry.getKey(), Kind.UNKNOWN_FIELD, entry.getKey());
            }
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.isContainer() ? "" : node.toString();
    }

    private void error(String place, Kind kind, String value) {
        faults.add(new NoticeFault(place, kind, value));
    }
}
