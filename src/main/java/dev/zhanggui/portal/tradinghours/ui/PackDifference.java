package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.zhanggui.portal.tradinghours.packs.PackEffect;
import java.time.Duration;

/** What a pack would do, store by store; gains and losses apart. */
class PackDifference extends Div {

    private final transient PackWords words;

    PackDifference(PackWords words, PackEffect effect) {
        this.words = words;
        addClassName("zg-stack");
        var summary = new Span(
                effect.changing() == 0
                        ? words.say("tradinghours.packs.effect.none", effect.compared())
                        : words.say("tradinghours.packs.effect", effect.compared(), effect.changing()));
        summary.addClassName("zg-strong");
        var how = new Div(words.say("tradinghours.packs.effect.how", PackEffect.DAYS));
        how.addClassNames("zg-small", "zg-muted");
        add(new Div(summary, how));
        var list = new UnorderedList();
        list.addClassName("zg-packs-stores");
        effect.shown().forEach(store -> list.add(item(store)));
        list.setVisible(!effect.shown().isEmpty());
        add(list);
        int more = effect.changing() - effect.shown().size();
        if (more > 0) {
            add(quiet(words.say("tradinghours.packs.effect.more", more)));
        }
        int left = effect.stores() - effect.compared();
        if (left > 0) {
            add(quiet(words.say("tradinghours.packs.effect.left", left)));
        }
    }

    private ListItem item(PackEffect.OfStore store) {
        var name = new Span(store.name());
        name.addClassName("zg-strong");
        var item = new ListItem(name);
        if (!store.merchant().equals(store.name())) {
            item.add(quiet(store.merchant()));
        }
        part(item, "gained", "zg-open", store.gained());
        part(item, "lost", "zg-closed", store.lost());
        part(item, "otherwise", "zg-attend", store.otherwise());
        if (store.atOnce()) {
            var now = new Span(words.say("tradinghours.packs.effect.atOnce"));
            now.addClassName("zg-attend");
            item.add(now);
        }
        return item;
    }

    private void part(ListItem item, String kind, String colour, Duration time) {
        if (!time.isZero()) {
            var span = new Span(
                    words.say("tradinghours.packs.effect." + kind, words.duration(PackEffect.OfStore.aWeek(time))));
            span.addClassName(colour);
            item.add(span);
        }
    }

    private static Span quiet(String text) {
        var span = new Span(text);
        span.addClassNames("zg-small", "zg-muted");
        return span;
    }
}
