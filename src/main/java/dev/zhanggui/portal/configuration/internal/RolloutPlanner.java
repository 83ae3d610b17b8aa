package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.db.tables.records.RolloutTerminalRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Gives every terminal its group, a helping of stores at a time, so that memory does not grow with the fleet and whoever dies
 * half-way is succeeded where the last commit was.
 */
@Component
class RolloutPlanner {

    static final int STORES_AT_ONCE = 200;

    private static final Actor SELF = Actor.system("rollout");

    /** So many terminals of a rare model are looked at for one whose store has room in the canary. */
    private static final int NEAREST = 20;

    private final RolloutRows rows;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Clock clock;

    RolloutPlanner(RolloutRows rows, Merchants merchants, Terminals terminals, Clock clock) {
        this.rows = rows;
        this.merchants = merchants;
        this.terminals = terminals;
        this.clock = clock;
    }

    /** One helping, in the transaction that holds the rollout locked. */
    void plan(RolloutRecord rollout) {
        var id = new RolloutId(rollout.getId());
        var stores = storesAfter(rollout, rollout.getAfterStore());
        if (!stores.isEmpty()) {
            rows.addTerminals(placed(rollout, stores));
            rollout.setAfterStore(stores.getLast().value());
        }
        if (stores.size() < STORES_AT_ONCE) {
            meetEveryModelEarly(id);
            rows.addGroups(id);
            rollout.setPlannedAt(clock.instant());
        }
    }

    /** How many terminals of the industries' stores there are, counted no further than the limit. */
    int count(List<String> industries, int limit) {
        int count = 0;
        var last = new StoreId(0);
        while (count < limit) {
            var stores = ids(merchants.storesInIndustries(SELF, industries, last, STORES_AT_ONCE));
            if (stores.isEmpty()) {
                break;
            }
            count += rows.bound(stores).values().stream().mapToInt(List::size).sum();
            last = stores.getLast();
        }
        return count;
    }

    private List<StoreId> storesAfter(RolloutRecord rollout, long store) {
        var after = new StoreId(store);
        if (RolloutKind.valueOf(rollout.getKind()) == RolloutKind.PACK) {
            return ids(merchants.storesInIndustries(SELF, RolloutRows.industries(rollout), after, STORES_AT_ONCE));
        }
        var target = RolloutRows.target(rollout);
        return switch (target.scope()) {
            case ALL -> rows.storesAfter(store, STORES_AT_ONCE);
            case REGION -> ids(merchants.storesIn(SELF, target.value(), after, STORES_AT_ONCE));
            case MODEL -> terminals.storesWith(SELF, new ModelId(target.value()), after, STORES_AT_ONCE);
            case MERCHANT, STORE, TERMINAL -> throw new IllegalStateException("no rollout for a " + target.scope());
        };
    }

    private static List<StoreId> ids(List<Store> stores) {
        return stores.stream().map(Store::id).toList();
    }

    private List<RolloutTerminalRecord> placed(RolloutRecord rollout, List<StoreId> stores) {
        var target = RolloutRows.target(rollout);
        var bound = rows.bound(stores);
        var models = terminals.models(
                SELF,
                bound.values().stream()
                        .flatMap(List::stream)
                        .map(TerminalId::new)
                        .toList());
        var placed = new ArrayList<RolloutTerminalRecord>();
        bound.forEach((store, all) -> {
            var concerned = target.scope() == RestrictionScope.MODEL
                    ? all.stream()
                            .filter(it -> new ModelId(target.value()).equals(models.get(new TerminalId(it))))
                            .toList()
                    : all;
            for (var place : RolloutPlan.of(rollout.getId(), store, concerned)) {
                var row = new RolloutTerminalRecord();
                row.setRolloutId(rollout.getId());
                row.setTerminalId(place.terminal());
                row.setModel(Objects.requireNonNull(models.get(new TerminalId(place.terminal())))
                        .value());
                row.setPosition(place.position());
                row.setGroupNo((short) place.group());
                row.setState(Turn.WAITING.name());
                placed.add(row);
            }
        });
        return placed;
    }

    /** What crashes one model must show in the canary, however rare the model is. */
    private void meetEveryModelEarly(RolloutId rollout) {
        for (var model : rows.modelsWithoutCanary(rollout)) {
            rows.nearest(rollout, model, NEAREST).stream()
                    .filter(row -> rows.hasRoom(rollout, row.getTerminalId()))
                    .findFirst()
                    .ifPresent(rows::toCanary);
        }
    }
}
