package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.util.MissingResourceException;
import java.util.Objects;

/** A status in a merchant's words. */
final class SyncWords {

    private static final Duration WITH_SECONDS = Duration.ofHours(12);

    private final Component owner;
    private final HumanTime time;

    SyncWords(Component owner, HumanTime time) {
        this.owner = owner;
        this.time = time;
    }

    static Meaning meaning(SyncStatus status) {
        return switch (status) {
            case SyncStatus.InStep it -> Meaning.OPEN;
            case SyncStatus.Sending it -> Meaning.ATTEND;
            case SyncStatus.Offline it -> Meaning.CLOSED;
            case SyncStatus.Rejected it -> Meaning.STOP;
            case SyncStatus.BridgeDown it -> Meaning.ATTEND;
        };
    }

    /** For the pill: one word. */
    String word(SyncStatus status) {
        return say(
                switch (status) {
                    case SyncStatus.InStep it -> "status.inStep";
                    case SyncStatus.Sending it -> "status.sending";
                    case SyncStatus.Offline it -> "status.offline";
                    case SyncStatus.Rejected it -> "status.rejected";
                    case SyncStatus.BridgeDown it -> "status.bridgeDown";
                });
    }

    /** Beside the pill: version, moment, and what it means. */
    String line(SyncStatus status) {
        return switch (status) {
            case SyncStatus.InStep it -> say("line.inStep", it.version().generation(), moment(it.appliedAt()));
            case SyncStatus.Sending it ->
                it.version().isNone()
                        ? say("line.preparing")
                        : say("line.sending", it.version().generation(), moment(it.since()));
            case SyncStatus.Offline it -> offline(it);
            case SyncStatus.Rejected it -> say("line.rejected", it.code(), cause(it.code()));
            case SyncStatus.BridgeDown it -> {
                var since = it.since();
                yield since == null ? say("line.bridgeDown") : say("line.bridgeDownSince", moment(since));
            }
        };
    }

    private String offline(SyncStatus.Offline offline) {
        var since = offline.since();
        var running = offline.running();
        if (since == null) {
            return say("line.offlineNever");
        }
        return running == null
                ? say("line.offlineSinceNothing", moment(since))
                : say("line.offlineSince", moment(since), running.generation());
    }

    String cause(int code) {
        return ofCode(code, "cause");
    }

    /** The one thing to do about it. */
    String action(int code) {
        return ofCode(code, "action");
    }

    private String ofCode(int code, String what) {
        var key = "configuration.reject." + code + "." + what;
        try {
            var text = owner.getTranslation(key);
            return text.contains(key) ? say("reject.other." + what) : text;
        } catch (MissingResourceException e) {
            return say("reject.other." + what);
        }
    }

    /** To the second while it is fresh, as a person says it after. */
    String moment(Instant at) {
        var now = time.clock().instant();
        return Duration.between(at, now).abs().compareTo(WITH_SECONDS) < 0 ? time.second(at) : time.moment(at);
    }

    /** Numbers as they are: a version is a name, not a quantity. */
    String say(String key, Object... values) {
        var texts = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = Objects.toString(values[i]);
        }
        return owner.getTranslation("configuration." + key, texts);
    }
}
