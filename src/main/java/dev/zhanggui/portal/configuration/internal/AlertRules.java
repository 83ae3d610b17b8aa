package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.FleetAlerts.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The rules as they stand in {@code configuration/alerts.json}; one that makes no sense keeps the portal from starting. */
@Component
class AlertRules {

    /** What can be measured of the fleet. */
    enum Measure {
        /** Since the last sign of life of any bridge. */
        BRIDGE_SILENT_SECONDS,
        /** Connected terminals that refuse what they should run because they do not trust it. */
        DISTRUSTING_TERMINALS,
        /** Since the next signing key should have been named. */
        SIGNING_KEY_OVERDUE_DAYS,
        /** Of the connected terminals. */
        REFUSED_PERCENT,
        /** Of the connected terminals. */
        NOT_APPLIED_PERCENT,
        /** Of the last ten minutes, from twenty edits on. */
        EDIT_TO_APPLIED_P99_SECONDS,
        EDITS_WAITING,
        /** That halted by themselves and wait for a person. */
        HALTED_ROLLOUTS,
        /** Terminals that {@link AntiEntropy} found forgotten. */
        REPAIRED_LAST_HOUR,
        /** Terminals that another machine claimed to be. */
        CONTESTED_LAST_HOUR,
        /** Terminals whose credential two machines seem to use. */
        SUSPECTED_CLONES_LAST_DAY,
        /** Terminals that are in use and do not renew a certificate that ends within a week, or has ended. */
        CERTIFICATES_NOT_RENEWED
    }

    /**
     * @param above raised when the measure is more than this
     * @param holds and has been for this long
     */
    record Rule(String id, Measure measure, double above, Duration holds, Severity severity) {

        Rule {
            if (!id.matches("[a-z-]{1,32}")) {
                throw new IllegalArgumentException("an alert's id is lower case letters and dashes: " + id);
            }
            Objects.requireNonNull(measure, id);
            Objects.requireNonNull(severity, id);
            if (above < 0 || holds.isNegative()) {
                throw new IllegalArgumentException("an alert's limits are not negative: " + id);
            }
        }
    }

    private final List<Rule> rules;

    AlertRules() {
        this(open());
    }

    AlertRules(InputStream json) {
        try (json) {
            rules = List.of(JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(json, Rule[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var ids = new HashSet<String>();
        for (var rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two alerts are called " + rule.id());
            }
        }
    }

    private static InputStream open() {
        return Objects.requireNonNull(AlertRules.class.getResourceAsStream("/configuration/alerts.json"));
    }

    List<Rule> all() {
        return rules;
    }

    Optional<Rule> named(String id) {
        return rules.stream().filter(it -> it.id().equals(id)).findFirst();
    }
}
