package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.Said;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The industries that have a pack, and the first version of each, as shipped with the program. */
@Component
class PackCatalogue {

    private final List<Entry> entries;
    private final Map<String, Entry> byKey = new HashMap<>();

    /**
     * @param keys of the stores it speaks for, its own first
     * @param institution whether it may have a week that holds where nobody said anything
     */
    record Entry(List<String> keys, boolean institution, IndustryPack first) {

        String industry() {
            return first.industry();
        }

        /** With its English where these are the program's own words. */
        Said owner(String words) {
            return said(words, first.owner());
        }

        /** As {@link #owner}. */
        Said reason(String words) {
            return said(words, first.reason());
        }

        private static Said said(String words, Said own) {
            return own.words().equals(words) ? own : new Said(words, null);
        }
    }

    /** As the file has it. */
    private record Written(
            String industry,
            List<String> also,
            boolean institution,
            Map<String, String> names,
            Said owner,
            Said reason,
            LocalDate reviewBy,
            JsonNode rules,
            @Nullable JsonNode suggestion) {}

    /** Fails the start when the file is wrong. */
    PackCatalogue() throws IOException {
        try (var in = new ClassPathResource("tradinghours/packs.json").getInputStream()) {
            entries = List.of(JsonMapper.shared().readValue(in, Written[].class)).stream()
                    .map(PackCatalogue::entry)
                    .toList();
        }
        for (var entry : entries) {
            for (var key : entry.keys()) {
                if (byKey.put(key, entry) != null) {
                    throw new IllegalStateException("two packs for " + key);
                }
            }
        }
    }

    private static Entry entry(Written written) {
        var keys = new ArrayList<>(List.of(written.industry()));
        keys.addAll(written.also());
        var suggestion = written.suggestion();
        var pack = new IndustryPack(
                written.industry(),
                1,
                written.names(),
                document(written.industry(), written.rules().toString()),
                suggestion == null
                        ? null
                        : document(written.industry(), suggestion.toString()).weekly(),
                written.owner(),
                written.reason(),
                written.reviewBy());
        if (!written.institution() && PackReading.closes(pack.rules())) {
            throw new IllegalStateException(written.industry() + " would close shops that said nothing");
        }
        return new Entry(List.copyOf(keys), written.institution(), pack);
    }

    /** Strictly: what is kept was checked before. */
    static HoursDocument document(String industry, String json) {
        return switch (HoursDocument.parse(json)) {
            case Parsed.Valid(var document) -> document;
            case Parsed.Invalid(var errors) ->
                throw new IllegalStateException("the pack of " + industry + " cannot be read: " + errors);
        };
    }

    List<Entry> entries() {
        return entries;
    }

    /** By the key of a store. */
    Optional<Entry> of(String storeIndustry) {
        return Optional.ofNullable(byKey.get(storeIndustry));
    }

    /** By the pack's own key. */
    Optional<Entry> pack(String industry) {
        return of(industry).filter(entry -> entry.industry().equals(industry));
    }
}
