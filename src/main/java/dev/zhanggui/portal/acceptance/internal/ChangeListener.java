package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.CollectionSucceeded;
import dev.zhanggui.portal.merchant.MerchantFreezeChanged;
import dev.zhanggui.portal.merchant.StoreChanged;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.terminal.TerminalBound;
import dev.zhanggui.portal.terminal.TerminalUnbound;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.tradinghours.IndustryPackPublished;
import dev.zhanggui.portal.tradinghours.RestrictionChanged;
import dev.zhanggui.portal.workcalendar.CalendarPublished;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Hears of everything that an answer depends on, inside its transaction: the change and the word of it are one commit. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ChangeListener {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);

    /** Of more stores at once it is shorter to say all. */
    private static final int NAMED_MOST = 200;

    private final ChangeWatch watch;
    private final TransactionTemplate anew;

    ChangeListener(ChangeWatch watch, PlatformTransactionManager transactions) {
        this.watch = watch;
        this.anew = new TransactionTemplate(transactions);
        this.anew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener
    public void on(HoursChanged event) {
        note(event.stores());
    }

    @EventListener
    public void on(ClosureChanged event) {
        note(List.of(event.store()));
    }

    @EventListener
    public void on(CodesChanged event) {
        note(List.of(event.store()));
    }

    /** The day's limit is nearer, and an order is paid. */
    @EventListener
    public void on(CollectionSucceeded event) {
        note(List.of(event.code().storeId()));
    }

    @EventListener
    public void on(StoreChanged event) {
        note(List.of(event.store()));
    }

    @EventListener
    public void on(MerchantFreezeChanged event) {
        note(event.stores());
    }

    @EventListener
    public void on(TerminalBound event) {
        note(List.of(event.store()));
    }

    @EventListener
    public void on(TerminalUnbound event) {
        note(List.of(event.store()));
    }

    @EventListener
    public void on(RestrictionChanged event) {
        switch (event.target().scope()) {
            case STORE -> note(List.of(new StoreId(event.target().id())));
            case ALL, REGION, MERCHANT, MODEL, TERMINAL -> pending().everywhere = true;
        }
    }

    @EventListener({IndustryPackPublished.class, CalendarPublished.class})
    public void onWhatManyGoBy() {
        pending().everywhere = true;
    }

    private void note(Collection<StoreId> stores) {
        if (!stores.isEmpty()) {
            pending().stores.addAll(stores);
        }
    }

    private Pending pending() {
        for (var known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof Pending mine) {
                return mine;
            }
        }
        var mine = new Pending();
        TransactionSynchronizationManager.registerSynchronization(mine);
        return mine;
    }

    /** What one transaction changed. */
    private final class Pending implements TransactionSynchronization {

        private final Set<StoreId> stores = new LinkedHashSet<>();
        private boolean everywhere;
        private ChangeWatch.@Nullable Written written;

        /** Before those who redraw a page, after those who learn what was published. */
        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE + 1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            written = watch.write(everywhere || stores.size() > NAMED_MOST ? Set.of() : stores);
        }

        @Override
        public void afterCommit() {
            tell();
        }

        @Override
        public void afterCompletion(int status) {
            // Nobody knows whether it is in.
            if (status == STATUS_UNKNOWN) {
                tell();
            }
        }

        private void tell() {
            var told = written;
            if (told == null) {
                return;
            }
            watch.committed(told);
            if (watch.isLate(told)) {
                try {
                    anew.executeWithoutResult(status -> watch.write(told.stores()));
                } catch (RuntimeException e) {
                    LOG.warn("A change that was committed late could not be told again: {}", e.getMessage());
                }
            }
        }
    }
}
