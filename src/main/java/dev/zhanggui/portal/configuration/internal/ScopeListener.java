package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.merchant.MerchantFreezeChanged;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.StoreChanged;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.TerminalBound;
import dev.zhanggui.portal.terminal.TerminalChanged;
import dev.zhanggui.portal.terminal.TerminalUnbound;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.IndustryPackPublished;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionChanged;
import dev.zhanggui.portal.workcalendar.CalendarPublished;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Hears of edits inside their transaction, so that an edit and the duty to deliver it are committed together or not at all. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ScopeListener {

    private static final Actor SELF = Actor.system("configuration");

    private final DirtyScopes dirty;
    private final FleetMarks fleet;
    private final RolloutPublications rollouts;
    private final ConfigurationRows rows;
    private final Terminals terminals;
    private final Merchants merchants;
    private final CurrentActor currentActor;

    ScopeListener(
            DirtyScopes dirty,
            FleetMarks fleet,
            RolloutPublications rollouts,
            ConfigurationRows rows,
            Terminals terminals,
            Merchants merchants,
            CurrentActor currentActor) {
        this.dirty = dirty;
        this.fleet = fleet;
        this.rollouts = rollouts;
        this.rows = rows;
        this.terminals = terminals;
        this.merchants = merchants;
        this.currentActor = currentActor;
    }

    @EventListener
    public void on(HoursChanged event) {
        var terminal = event.scope() instanceof HoursScope.OfTerminal(var only) ? only : null;
        if (terminal == null) {
            dirty.mark(event.stores(), ChangeCause.HOURS, who());
        } else {
            event.stores().forEach(store -> mark(store, terminal, ChangeCause.HOURS));
        }
    }

    @EventListener
    public void on(ClosureChanged event) {
        mark(event.store(), null, ChangeCause.CLOSURE);
    }

    @EventListener
    public void on(CodesChanged event) {
        mark(event.store(), null, ChangeCause.CODES);
    }

    @EventListener
    public void on(StoreChanged event) {
        mark(event.store(), null, ChangeCause.STORE);
    }

    @EventListener
    public void on(MerchantFreezeChanged event) {
        dirty.mark(event.stores(), ChangeCause.FREEZE, who());
    }

    @EventListener
    public void on(TerminalBound event) {
        var terminal = terminals.terminal(SELF, event.terminal());
        var merchant = merchants.store(SELF, event.store()).merchantId();
        rows.bind(event.terminal(), terminal.publicId(), event.store(), merchant);
        mark(event.store(), event.terminal(), ChangeCause.BOUND);
    }

    @EventListener
    public void on(TerminalChanged event) {
        mark(event.store(), event.terminal(), ChangeCause.STORE);
    }

    @EventListener
    public void on(TerminalUnbound event) {
        rows.unbind(event.terminal());
    }

    /** Whose hours follow a rule for holidays is found out by compiling: only what differs is sent. */
    @EventListener
    public void on(CalendarPublished event) {
        rollouts.calendar(actor(), event.year(), event.at());
    }

    /** Whose hours follow the pack is found out by compiling: a store with hours of its own gets no new version. */
    @EventListener
    public void on(IndustryPackPublished event) {
        rollouts.pack(actor(), event.industry(), event.storeIndustries(), event.at());
    }

    @EventListener
    public void on(RestrictionChanged event) {
        var cause = event.kind() == Restriction.Kind.MAINTENANCE ? ChangeCause.MAINTENANCE : ChangeCause.RESTRICTION;
        var target = event.target();
        switch (target.scope()) {
            case STORE -> mark(new StoreId(target.id()), null, cause);
            case TERMINAL -> {
                var terminal = new TerminalId(target.id());
                rows.find(terminal).ifPresent(row -> mark(new StoreId(row.getStoreId()), terminal, cause));
            }
            case ALL, REGION, MERCHANT, MODEL -> fleet.restrict(cause, target, who());
        }
    }

    private void mark(StoreId store, @Nullable TerminalId terminal, ChangeCause cause) {
        dirty.mark(store, terminal, cause, who());
    }

    private String who() {
        return actor().label();
    }

    private Actor actor() {
        return currentActor.find().orElse(SELF);
    }
}
