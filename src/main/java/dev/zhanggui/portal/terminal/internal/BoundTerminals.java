package dev.zhanggui.portal.terminal.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Binding;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalChanged;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.TerminalUnbound;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class BoundTerminals implements Terminals {

    private static final Actor SELF = Actor.system("terminals");
    private static final int MOST = 500;
    private static final int MOST_MODELS = 2_000;
    private static final int LONGEST_SEAT = 40;
    private static final Role[] READERS = {Role.SERVICE, Role.REVIEWER, Role.WAREHOUSE, Role.ADMIN, Role.AUDITOR};

    private final TerminalRows rows;
    private final CertificateRows certificates;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    BoundTerminals(
            TerminalRows rows,
            CertificateRows certificates,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.certificates = certificates;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Terminal> list(Actor actor, StoreId store) {
        access.requireMemberOrStaff(actor, merchantOf(store), Role.CASHIER, READERS);
        return rows.boundTo(store, MOST);
    }

    @Override
    @Transactional(readOnly = true)
    public Terminal terminal(Actor actor, TerminalId id) {
        return readable(actor, rows.find(id), id.toString());
    }

    @Override
    @Transactional(readOnly = true)
    public Terminal byPublicId(Actor actor, String publicId) {
        return readable(actor, rows.byPublicId(publicId), "terminal " + publicId);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Terminal> bySerial(Actor actor, Serial serial) {
        access.requireStaff(actor, READERS);
        return rows.bySerial(serial);
    }

    @Override
    @Transactional(readOnly = true)
    public List<StoreId> storesWith(Actor actor, ModelId model, StoreId after, int limit) {
        access.requireStaff(actor, READERS);
        return rows.storesWith(model, after, Math.clamp(limit, 1, MOST));
    }

    @Override
    @Transactional(readOnly = true)
    public int countStoresWith(Actor actor, ModelId model) {
        access.requireStaff(actor, READERS);
        return rows.countStoresWith(model);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<TerminalId, ModelId> models(Actor actor, Collection<TerminalId> ids) {
        access.requireStaff(actor, READERS);
        return rows.models(ids, MOST_MODELS);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Binding> bindings(Actor actor, TerminalId id) {
        var terminal = readable(actor, rows.find(id), id.toString());
        var all = rows.bindings(terminal.id());
        if (actor.isSystem() || actor.isStaff()) {
            return all;
        }
        var mine = access.memberships(actor).keySet();
        return all.stream().filter(binding -> mine.contains(binding.merchant())).toList();
    }

    @Override
    @Transactional
    public void rename(Actor actor, TerminalId id, String seat, int version) {
        var terminal = readable(actor, rows.find(id), id.toString());
        var store = terminal.storeId();
        if (store == null) {
            throw new NotFoundException(id + " is not bound");
        }
        access.requireMember(actor, merchantOf(store), Role.MANAGER);
        if (seat.isBlank() || seat.strip().length() > LONGEST_SEAT) {
            throw new IllegalArgumentException("seat");
        }
        if (terminal.version() != version || !rows.rename(terminal, seat.strip())) {
            throw new LostUpdateException(id.toString());
        }
        audit.record(actor, "terminal.renamed", id.toString(), merchantOf(store), null, null, null);
        events.publishEvent(new TerminalChanged(id, store));
    }

    @Override
    @Transactional
    public void unbind(Actor actor, TerminalId id, String reason, int version) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason");
        }
        var terminal = rows.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
        var store = terminal.storeId();
        if (store == null) {
            throw new NotFoundException(id + " is not bound");
        }
        if (terminal.version() != version || !rows.move(terminal, TerminalState.DELIVERED, terminal.destinedFor())) {
            throw new LostUpdateException(id.toString());
        }
        var now = clock.instant();
        rows.endBinding(id, now, reason);
        certificates.unbound(id, now);
        audit.record(
                actor,
                "terminal.unbound",
                id.toString(),
                terminal.destinedFor(),
                "{\"state\":\"ACTIVE\",\"store\":%d}".formatted(store.value()),
                "{\"state\":\"DELIVERED\"}",
                reason);
        events.publishEvent(new TerminalUnbound(id, store));
    }

    @Override
    @Transactional
    public void seen(Actor actor, List<Sighting> sightings) {
        if (!actor.isSystem()) {
            throw new NotAllowedException("presence is reported by the system");
        }
        sightings.forEach(rows::seen);
    }

    /** Whoever may see it: staff, and the merchant it is bound to or on its way to. */
    private Terminal readable(Actor actor, Optional<Terminal> found, String subject) {
        var terminal = found.orElseThrow(() -> new NotFoundException(subject));
        var store = terminal.storeId();
        var merchant = store == null ? terminal.destinedFor() : merchantOf(store);
        if (merchant != null) {
            access.requireMemberOrStaff(actor, merchant, Role.CASHIER, READERS);
        } else if (!actor.isSystem() && !actor.isStaff()) {
            throw new NotFoundException(subject);
        }
        return terminal;
    }

    private MerchantId merchantOf(StoreId store) {
        return merchants.store(SELF, store).merchantId();
    }
}
