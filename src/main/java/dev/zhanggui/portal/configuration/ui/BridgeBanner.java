package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;

/** Says that nobody carries changes to the terminals now, since when, and that nothing is lost; empty while all is well. */
class BridgeBanner extends Div {

    private final BridgeLink link;
    private final HumanTime time;
    private final boolean staff;

    private BridgeBanner(BridgeLink link, LiveUpdates live, HumanTime time, boolean staff) {
        this.link = link;
        this.time = time;
        this.staff = staff;
        addClassName("zg-bridge-banner");
        getElement().setAttribute("role", "status");
        live.subscribe(this, LiveConfigurations.BRIDGE, this::show);
        show();
    }

    static BridgeBanner forMerchants(BridgeLink link, LiveUpdates live, HumanTime time) {
        return new BridgeBanner(link, live, time, false);
    }

    /** With what to look at first. */
    static BridgeBanner forStaff(BridgeLink link, LiveUpdates live, HumanTime time) {
        return new BridgeBanner(link, live, time, true);
    }

    private void show() {
        removeAll();
        switch (link.state()) {
            case BridgeLink.State.Reachable it -> setVisible(false);
            case BridgeLink.State.Unreachable it -> {
                var words = new SyncWords(this, time);
                var since = it.since();
                setVisible(true);
                add(new Note(
                        Meaning.ATTEND,
                        since == null
                                ? words.say("bridgeDown.titleNever")
                                : words.say("bridgeDown.title", words.moment(since)),
                        words.say(staff ? "bridgeDown.staff" : "bridgeDown.text")));
            }
        }
    }
}
