package dev.zhanggui.portal.terminal.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.TerminalUnbound;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class StockRoom implements Inventory {

    private final TerminalRows rows;
    private final CertificateRows certificates;
    private final Catalogue catalogue;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StockRoom(
            TerminalRows rows,
            CertificateRows certificates,
            Catalogue catalogue,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.certificates = certificates;
        this.catalogue = catalogue;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public StockIn stockIn(Actor actor, ModelId modelId, List<String> lines, boolean dryRun) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("more than " + MOST_LINES + " lines");
        }
        var model = catalogue.model(modelId);
        var judged = judge(lines);
        var fresh = new LinkedHashSet<String>();
        judged.stream().filter(row -> row.verdict() == Verdict.OK).forEach(row -> fresh.add(row.text()));
        fresh.removeAll(rows.known(fresh));
        var taken = dryRun ? fresh : rows.insert(model, fresh, clock.instant());
        if (!dryRun && !taken.isEmpty()) {
            audit.record(
                    actor,
                    "terminal.stockedIn",
                    "model:" + modelId,
                    null,
                    null,
                    "{\"model\":\"%s\",\"count\":%d}".formatted(modelId, taken.size()),
                    null);
        }
        return new StockIn(
                dryRun,
                judged.stream()
                        .map(row -> row.verdict() == Verdict.OK && !taken.contains(row.text())
                                ? new Row(row.line(), row.text(), Verdict.KNOWN)
                                : row)
                        .toList());
    }

    /** What the list alone tells; good rows carry the serial in its normal form. */
    private static List<Row> judge(List<String> lines) {
        var judged = new ArrayList<Row>();
        var seen = new LinkedHashSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            var text = lines.get(i);
            if (text.isBlank()) {
                continue;
            }
            judged.add(
                    switch (Serial.check(text)) {
                        case Checked.Valid<Serial>(var serial) ->
                            new Row(i + 1, serial.value(), seen.add(serial.value()) ? Verdict.OK : Verdict.TWICE_HERE);
                        case Checked.Invalid<Serial>(var reason) ->
                            new Row(
                                    i + 1,
                                    text.strip(),
                                    reason.equals("characters") ? Verdict.BAD_CHARACTERS : Verdict.BAD_LENGTH);
                    });
        }
        return judged;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<ModelId, Integer> inStock(Actor actor) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR);
        return rows.countInStock();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Terminal> oldest(Actor actor, ModelId model, int limit) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        return rows.oldestInStock(model, limit);
    }

    @Override
    @Transactional
    public Allocation allocate(Actor actor, Serial serial, ModelId model, MerchantId merchant) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        var found = rows.bySerial(serial);
        if (found.isEmpty()) {
            return new Allocation.UnknownSerial();
        }
        var terminal = found.get();
        if (!terminal.model().equals(model)) {
            return new Allocation.WrongModel(terminal.model());
        }
        if (terminal.state() != TerminalState.IN_STOCK) {
            return new Allocation.NotInStock(terminal.state());
        }
        if (!rows.move(terminal, TerminalState.ALLOCATED, merchant)) {
            return new Allocation.NotInStock(required(terminal.id()).state());
        }
        record(actor, terminal, TerminalState.ALLOCATED, merchant, null);
        return new Allocation.Allocated(required(terminal.id()));
    }

    @Override
    @Transactional
    public void move(Actor actor, TerminalId id, TerminalState next, String reason) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.SERVICE, Role.ADMIN);
        var terminal = required(id);
        if (next == TerminalState.ACTIVE || !terminal.state().canMoveTo(next)) {
            throw new IllegalStateException(id + " cannot go from " + terminal.state() + " to " + next);
        }
        if (!rows.move(terminal, next, next == TerminalState.IN_STOCK ? null : terminal.destinedFor())) {
            throw new LostUpdateException(id.toString());
        }
        if (terminal.state() == TerminalState.ACTIVE) {
            var now = clock.instant();
            rows.endBinding(id, now, reason);
            certificates.unbound(id, now);
            if (terminal.storeId() != null) {
                events.publishEvent(new TerminalUnbound(id, terminal.storeId()));
            }
        }
        record(actor, terminal, next, terminal.destinedFor(), reason);
    }

    private Terminal required(TerminalId id) {
        return rows.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
    }

    private void record(
            Actor actor,
            Terminal terminal,
            TerminalState next,
            @Nullable MerchantId merchant,
            @Nullable String reason) {
        audit.record(
                actor,
                "terminal.moved",
                terminal.id().toString(),
                merchant,
                "{\"state\":\"%s\"}".formatted(terminal.state()),
                "{\"state\":\"%s\"}".formatted(next),
                reason);
    }
}
