package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Read;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Draft;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a wish for another version strictly: what a pack does not use may not be in it. */
final class PackReading {

    private final PackCatalogue.Entry entry;
    private final IndustryPack current;
    private final Setting setting;
    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();

    PackReading(PackCatalogue.Entry entry, IndustryPack current, Setting setting) {
        this.entry = entry;
        this.current = current;
        this.setting = setting;
    }

    Draft read(NewPack wish, int number) {
        var rules = document("rules", wish.rules(), current.rules());
        var suggestion = wish.suggestion().isBlank() ? null : suggestion(wish.suggestion());
        var reviewBy = wish.reviewBy();
        if (rules == null || !errors.isEmpty()) {
            return refused(new Refusal.Unreadable(List.copyOf(errors)));
        }
        if (!entry.institution() && closes(rules)) {
            return refused(new Refusal.WouldCloseShops());
        }
        if (isMissing(wish.owner(), PackVersions.LONGEST_OWNER)) {
            return refused(new Refusal.Invalid("owner"));
        }
        if (isMissing(wish.reason(), PackVersions.LONGEST_REASON)) {
            return refused(new Refusal.Invalid("reason"));
        }
        if (reviewBy == null || !reviewBy.isAfter(setting.today())) {
            return refused(new Refusal.Invalid("reviewBy"));
        }
        var pack = new IndustryPack(
                entry.industry(),
                number,
                entry.first().names(),
                rules,
                suggestion,
                entry.owner(wish.owner().strip()),
                entry.reason(wish.reason().strip()),
                reviewBy);
        return saysTheSame(pack) ? refused(new Refusal.NothingNew()) : new Draft.Ready(pack, warnings);
    }

    /** Whether it says closed to a store that said nothing. */
    static boolean closes(HoursDocument rules) {
        return !rules.weekly().notSet() || !rules.dayKinds().equals(DayKindRules.NONE);
    }

    private boolean saysTheSame(IndustryPack pack) {
        return pack.rules().equals(current.rules())
                && Objects.equals(pack.suggestion(), current.suggestion())
                && pack.owner().equals(current.owner())
                && pack.reviewBy().equals(current.reviewBy());
    }

    private @Nullable Weekly suggestion(String text) {
        var document = document("suggestion", text, HoursDocument.notSet(setting.zone()));
        if (document == null) {
            return null;
        }
        if (!document.dayKinds().equals(DayKindRules.NONE)) {
            unused("suggestion.dayKinds");
        }
        if (document.outside() != null) {
            unused("suggestion.outside");
        }
        if (document.weekly().notSet()) {
            errors.add(new Finding(new Finding.Place.Path("suggestion.weekly"), Finding.Kind.MISSING, ""));
        }
        return document.weekly();
    }

    /** @param base what the parts are taken from that a sentence does not speak of */
    private @Nullable HoursDocument document(String part, String text, HoursDocument base) {
        var stripped = text.strip();
        var format = stripped.startsWith("{") ? HoursFormat.ZHANGGUI : HoursFormat.WORDS;
        return switch (format.read(stripped, setting)) {
            case Read.Valid(var document, var assumed) -> {
                assumed.forEach(it -> warnings.add(placed(part, it)));
                yield used(part, format.into(base, document));
            }
            case Read.Invalid(var found) -> {
                found.forEach(it -> errors.add(placed(part, it)));
                yield null;
            }
        };
    }

    private HoursDocument used(String part, HoursDocument document) {
        if (!document.dates().isEmpty()) {
            unused(part + ".dates");
        }
        if (!document.events().isEmpty()) {
            unused(part + ".events");
        }
        if (!document.seasons().isEmpty()) {
            unused(part + ".seasons");
        }
        if (document.night() != null) {
            unused(part + ".night");
        }
        if (!document.off().isEmpty()) {
            unused(part + ".off");
        }
        return document;
    }

    private void unused(String path) {
        errors.add(new Finding(
                new Finding.Place.Path(path), Finding.Kind.UNKNOWN_FIELD, path.substring(path.indexOf('.') + 1)));
    }

    /** Within the wish; of a sentence, which of the two it is. */
    private static Finding placed(String part, Finding finding) {
        var path = finding.place() instanceof Finding.Place.Path(var within) && !within.isEmpty()
                ? part + "." + within
                : part;
        return new Finding(new Finding.Place.Path(path), finding.kind(), finding.value());
    }

    private static boolean isMissing(String text, int longest) {
        return text.isBlank() || text.strip().length() > longest;
    }

    private static Draft refused(Refusal why) {
        return new Draft.Refused(why);
    }
}
