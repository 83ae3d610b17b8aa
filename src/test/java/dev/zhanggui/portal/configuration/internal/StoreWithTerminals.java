package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.TerminalState;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens a merchant with one store and activates terminals there, through the services that the real journey uses. */
public class StoreWithTerminals {

    public static final Actor SYSTEM = Actor.system("test");
    private static final ModelId MODEL = new ModelId("lakala-smart");
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Accounts accounts;
    private final Merchants merchants;
    private final Inventory inventory;
    private final Activations activations;

    StoreWithTerminals(Accounts accounts, Merchants merchants, Inventory inventory, Activations activations) {
        this.accounts = accounts;
        this.merchants = merchants;
        this.inventory = inventory;
        this.activations = activations;
    }

    public record Opened(Actor owner, MerchantId merchant, StoreId store, List<Machine> machines) {

        public Machine machine() {
            return machines.getFirst();
        }
    }

    public record Machine(TerminalId id, String publicId) {}

    public Opened open(int terminals) {
        return open(terminals, "350102", "restaurant");
    }

    public Opened open(int terminals, String region, String industry) {
        var account = accounts.ensurePerson(
                SYSTEM,
                Phone.check("137%08d".formatted(31_000_000 + NEXT.incrementAndGet()))
                        .orThrow());
        var merchant = merchants.open(
                SYSTEM,
                new NewMerchant(
                        account,
                        "巷口牛肉面",
                        MerchantKind.SOLE_TRADER,
                        "91350100M000100Y43",
                        "巷口牛肉面",
                        BankCard.check("6222021234567890128").orThrow()));
        var store = merchants.openStore(
                SYSTEM,
                merchant,
                new NewStore("巷口牛肉面 解放路店", "Alley Noodles", region, "解放路 8 号", ZoneId.of("Asia/Shanghai"), industry));
        var machines = new ArrayList<Machine>();
        for (int i = 1; i <= terminals; i++) {
            machines.add(activate(merchant, store, "柜台 " + i));
        }
        return new Opened(Actor.person(account, "owner", Set.of(Role.OWNER)), merchant, store, List.copyOf(machines));
    }

    public Machine activate(MerchantId merchant, StoreId store, String seat) {
        var serial = Serial.check("CFG" + Long.toString(Ids.next(), 36).toUpperCase(java.util.Locale.ROOT))
                .orThrow();
        inventory.stockIn(SYSTEM, MODEL, List.of(serial.value()), false);
        var terminal =
                ((Inventory.Allocation.Allocated) inventory.allocate(SYSTEM, serial, MODEL, merchant)).terminal();
        for (var state : List.of(TerminalState.PACKED, TerminalState.SHIPPED, TerminalState.DELIVERED)) {
            inventory.move(SYSTEM, terminal.id(), state, "test");
        }
        var shown = (Activations.Announcement.ShowCode)
                activations.announce(SYSTEM, serial.value(), DeviceClass.SMART_POS, "key-of-" + serial.value());
        var activated = (Activations.Outcome.Activated) activations.activate(SYSTEM, shown.code(), store, seat);
        return new Machine(activated.terminal(), activated.publicId());
    }
}
