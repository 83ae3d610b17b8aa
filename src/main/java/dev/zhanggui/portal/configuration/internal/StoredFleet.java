package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.configuration.Fleet;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class StoredFleet implements Fleet {

    /** Reads names; who may see them was asked before. */
    private static final Actor SELF = Actor.system("fleet");

    private static final Duration BRIDGES_SINCE = Duration.ofDays(1);
    private static final int REFUSALS_MOST = 10;

    private final Access access;
    private final FleetRows fleet;
    private final ConfigurationRows rows;
    private final ConfigurationService configurations;
    private final ConfigurationMetrics metrics;
    private final FleetCensus census;
    private final Terminals terminals;
    private final Merchants merchants;
    private final BridgeLink link;
    private final Clock clock;

    StoredFleet(
            Access access,
            FleetRows fleet,
            ConfigurationRows rows,
            ConfigurationService configurations,
            ConfigurationMetrics metrics,
            FleetCensus census,
            Terminals terminals,
            Merchants merchants,
            BridgeLink link,
            Clock clock) {
        this.access = access;
        this.fleet = fleet;
        this.rows = rows;
        this.configurations = configurations;
        this.metrics = metrics;
        this.census = census;
        this.terminals = terminals;
        this.merchants = merchants;
        this.link = link;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Overview overview(Actor actor) {
        requireReader(actor);
        var counted = census.current();
        return new Overview(
                counted.at(),
                counted.stores(),
                counted.byState(),
                metrics.minuteAgo(),
                new Delay(FleetCensus.DELAY_WINDOW, counted.delays()),
                counted.refusals().stream().limit(REFUSALS_MOST).toList(),
                counted.waitingEdits(),
                fleet.bridges(clock.instant().minus(BRIDGES_SINCE)));
    }

    @Override
    @Transactional(readOnly = true)
    public Page terminals(Actor actor, Which which, String text, @Nullable TerminalId after, int limit) {
        requireReader(actor);
        int most = Math.clamp(limit, 1, MOST);
        var wanted = text.strip();
        var cut = wanted.length() > TEXT_MOST ? wanted.substring(0, TEXT_MOST) : wanted;
        var one = bySerial(cut, which);
        if (one.isPresent()) {
            return new Page(after == null ? read(List.of(one.get())) : List.of(), null);
        }
        var stores = cut.isEmpty()
                ? null
                : merchants.searchStores(SELF, cut).stream().map(Store::id).toList();
        var found = fleet.in(which, stores, after, most + 1);
        boolean more = found.size() > most;
        var shown = more ? found.subList(0, most) : found;
        return new Page(read(shown), more ? new TerminalId(shown.getLast().getTerminalId()) : null);
    }

    private Optional<TerminalConfigurationRecord> bySerial(String text, Which which) {
        return Serial.check(text) instanceof Checked.Valid<Serial>(var serial)
                ? terminals
                        .bySerial(SELF, serial)
                        .flatMap(terminal -> rows.find(terminal.id()))
                        .filter(row -> fleet.isIn(row, which))
                : Optional.empty();
    }

    private List<Row> read(List<TerminalConfigurationRecord> found) {
        var state = link.state();
        Map<StoreId, Store> stores = merchants
                .stores(
                        SELF,
                        found.stream().map(row -> new StoreId(row.getStoreId())).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(Store::id, Function.identity()));
        var shown = new ArrayList<Row>();
        for (var row : found) {
            var store = stores.get(new StoreId(row.getStoreId()));
            if (store != null) {
                shown.add(new Row(
                        configurations.configuration(row, state),
                        terminals.terminal(SELF, new TerminalId(row.getTerminalId())),
                        store));
            }
        }
        return shown;
    }

    private void requireReader(Actor actor) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
    }
}
