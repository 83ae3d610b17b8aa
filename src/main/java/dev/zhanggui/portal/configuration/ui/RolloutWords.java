package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.uikit.Meaning;
import java.text.NumberFormat;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rollout in the words of whoever watches it. */
final class RolloutWords {

    private final Component owner;
    private final IndustryPacks packs;
    private final Catalogue catalogue;
    private final Clock clock;
    private final Locale locale;

    RolloutWords(Component owner, IndustryPacks packs, Catalogue catalogue, Clock clock, Locale locale) {
        this.owner = owner;
        this.packs = packs;
        this.catalogue = catalogue;
        this.clock = clock;
        this.locale = locale;
    }

    String title(Rollout rollout) {
        return switch (rollout.kind()) {
            case CALENDAR -> say("title.CALENDAR", rollout.detail());
            case PACK ->
                say(
                        "title.PACK",
                        packs.at(rollout.detail(), clock.instant())
                                .map(pack -> pack.name(locale.getLanguage()))
                                .orElse(rollout.detail()));
            case SCREEN -> {
                var words = rollout.words();
                yield words == null ? say("title.SCREEN.none") : say("title.SCREEN", shown(words));
            }
            case RESEND -> say("title.RESEND", target(rollout.target()));
        };
    }

    String target(RestrictionTarget target) {
        return switch (target.scope()) {
            case REGION ->
                Regions.fullName((target.value() + "0000").substring(0, 6)).orElse(target.value());
            case MODEL -> {
                var model = new ModelId(target.value());
                yield catalogue.contains(model) ? catalogue.model(model).name().in(locale) : target.value();
            }
            case ALL, MERCHANT, STORE, TERMINAL -> say("target.ALL");
        };
    }

    String shown(@Nullable Words words) {
        if (words == null) {
            return say("screen.none");
        }
        return locale.getLanguage().equals("zh") ? words.zh() : words.en();
    }

    /** What is different afterwards, for kinds that do not say it in words of their own. */
    String effect(RolloutKind kind) {
        return say("effect." + kind);
    }

    String state(Rollout rollout) {
        var state = rollout.state();
        boolean planning = !rollout.planned() && (state == RolloutState.RUNNING || state == RolloutState.WAITING);
        return say(planning && state == RolloutState.RUNNING ? "state.planning" : "state." + state);
    }

    static Meaning meaning(RolloutState state) {
        return switch (state) {
            case WAITING, RUNNING, PAUSED -> Meaning.ATTEND;
            case HALTED -> Meaning.STOP;
            case DONE -> Meaning.OPEN;
            case STOPPED, REVERTED, REJECTED, WITHDRAWN, SUPERSEDED -> Meaning.CLOSED;
        };
    }

    static Meaning meaning(Turn turn) {
        return switch (turn) {
            case APPLIED, UNCHANGED -> Meaning.OPEN;
            case SENDING, RESTING -> Meaning.ATTEND;
            case WAITING, RETURNED -> Meaning.CLOSED;
            case REFUSED, SILENT, DARK, GONE -> Meaning.STOP;
        };
    }

    String turn(Turn turn) {
        return say("turn." + turn);
    }

    String halt(Rollout rollout) {
        return say("halt." + Objects.requireNonNull(rollout.halt()));
    }

    String number(int value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /** @param share in 1/10,000 */
    String percent(double share) {
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(2);
        return format.format(share / 100);
    }

    String say(String key, Object... values) {
        var texts = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = Objects.toString(values[i]);
        }
        return owner.getTranslation("configuration.rollouts." + key, texts);
    }
}
