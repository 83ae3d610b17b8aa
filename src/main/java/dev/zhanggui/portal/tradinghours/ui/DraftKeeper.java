package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.WebStorage;
import com.vaadin.flow.component.page.WebStorage.Storage;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a draft in the browser's tab, where it outlives a reload, an expired session and a restart of the server. It belongs to
 * one person and one place, and what comes back is read as strictly as any text from outside.
 */
class DraftKeeper {

    /** @param basedOn the version that the person saw when they began */
    record Kept(int basedOn, HoursDocument document) {

        String text() {
            return basedOn + "\n" + document.json();
        }

        static Optional<Kept> read(@Nullable String text) {
            int line = text == null ? -1 : text.indexOf('\n');
            if (text == null || line < 1 || !text.substring(0, line).chars().allMatch(Character::isDigit) || line > 9) {
                return Optional.empty();
            }
            return HoursDocument.parse(text.substring(line + 1)) instanceof HoursDocument.Parsed.Valid valid
                    ? Optional.of(new Kept(Integer.parseInt(text.substring(0, line)), valid.document()))
                    : Optional.empty();
        }
    }

    private final String key;

    DraftKeeper(Actor actor, HoursScope scope) {
        key = "zg-hours-" + actor.id() + "-" + scope;
    }

    void keep(Kept kept) {
        WebStorage.setItem(UI.getCurrentOrThrow(), Storage.SESSION_STORAGE, key, kept.text());
    }

    void forget() {
        WebStorage.removeItem(UI.getCurrentOrThrow(), Storage.SESSION_STORAGE, key);
    }

    /** Asks the browser; the answer, null for nothing, comes with the next round trip. */
    void recall(Consumer<@Nullable String> then) {
        WebStorage.getItem(UI.getCurrentOrThrow(), Storage.SESSION_STORAGE, key, then::accept);
    }
}
