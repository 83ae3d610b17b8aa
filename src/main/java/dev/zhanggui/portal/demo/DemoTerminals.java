package dev.zhanggui.portal.demo;

import static dev.zhanggui.portal.demo.DemoPeople.DEMO;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the noodle shop one terminal of every class, the chain's first store a till, and the bank a kiosk with hours of its own.
 * Activation goes the way of any shopkeeper: look at the terminal's screen, type its code into the portal.
 */
@DemoOnly
class DemoTerminals {

    private static final Logger LOG = LoggerFactory.getLogger(DemoTerminals.class);
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Map<DeviceClass, String> SEATS = Map.of(
            DeviceClass.SMART_POS, "柜台 1",
            DeviceClass.QR_PLATE, "收银台喇叭",
            DeviceClass.MPOS, "外送",
            DeviceClass.SCAN_POS, "外卖口",
            DeviceClass.ESIGN_POS, "包间",
            DeviceClass.CLOUD_POS, "柜台 2",
            DeviceClass.TOUCH_POS, "点餐台",
            DeviceClass.CARD_POS, "二楼",
            DeviceClass.KIOSK, "门口点餐机");

    private static final String TILL_OF_CHAIN = "ZD26110010";
    private static final String KIOSK_OF_BANK = "ZD26110011";

    /** In the room that stays open when the counters close. */
    private static final String KIOSK = """
            {"zone":"Asia/Shanghai",
             "weekly":{"mon":["06:00-24:00"],"tue":["06:00-24:00"],"wed":["06:00-24:00"],"thu":["06:00-24:00"],
                       "fri":["06:00-24:00"],"sat":["06:00-24:00"],"sun":["06:00-24:00"]}}
            """;

    private final Catalogue catalogue;
    private final Inventory inventory;
    private final Activations activations;
    private final Terminals terminals;
    private final TradingHours hours;
    private final Map<Serial, DeviceClass> wanted = new LinkedHashMap<>();
    private final String screens;

    DemoTerminals(
            Catalogue catalogue,
            Inventory inventory,
            Activations activations,
            Terminals terminals,
            TradingHours hours,
            @Value("${zhanggui.demo-terminals}") List<String> wanted,
            @Value("${zhanggui.screens-url}") String screens) {
        this.catalogue = catalogue;
        this.inventory = inventory;
        this.activations = activations;
        this.terminals = terminals;
        this.hours = hours;
        this.screens = screens;
        for (var pair : wanted) {
            int colon = pair.indexOf(':');
            this.wanted.put(
                    Serial.check(pair.substring(0, colon)).orThrow(), DeviceClass.valueOf(pair.substring(colon + 1)));
        }
    }

    /** Takes the demo set in and sends it to the shops; leaves some boxes of every class on the shelf. */
    void stock(DemoShops.Opened shops) {
        wanted.forEach((serial, deviceClass) -> {
            var model = modelOf(deviceClass);
            inventory.stockIn(DEMO, model, List.of(serial.value()), false);
            inventory.allocate(DEMO, serial, model, storeOf(serial, shops).merchantId());
            for (var next : List.of(TerminalState.PACKED, TerminalState.SHIPPED, TerminalState.DELIVERED)) {
                var terminal = terminal(serial);
                if (terminal.state().canMoveTo(next) && terminal.state().ordinal() < next.ordinal()) {
                    inventory.move(DEMO, terminal.id(), next, "demo");
                }
            }
        });
        for (var deviceClass : DeviceClass.values()) {
            var boxes = IntStream.rangeClosed(1, 6)
                    .mapToObj(number -> "ZS%02d2610%04d".formatted(deviceClass.ordinal() + 1, number))
                    .toList();
            inventory.stockIn(DEMO, modelOf(deviceClass), boxes, false);
        }
    }

    /** Types every code that a screen shows, until all of the demo set is active; says so when some never came. */
    void activate(DemoShops.Opened shops) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (long left = PATIENCE.dividedBy(GLANCE); left > 0; left--) {
                var idle = wanted.keySet().stream()
                        .filter(serial -> terminal(serial).state() != TerminalState.ACTIVE)
                        .toList();
                if (idle.isEmpty()) {
                    keepKioskOpen();
                    return;
                }
                for (var screen : look(http)) {
                    var serial =
                            Serial.check(screen.path("serial").asString("")).orThrow();
                    var code = screen.path("shownCode").asString("");
                    if (idle.contains(serial) && !code.isEmpty()) {
                        var store = storeOf(serial, shops);
                        var outcome = activations.activate(DEMO, code, store.id(), seatOf(serial));
                        LOG.info(
                                "Demo terminal {}: {}",
                                serial,
                                outcome.getClass().getSimpleName());
                    }
                }
                Thread.sleep(GLANCE);
            }
        }
        LOG.warn("Not every demo terminal was switched on; the screens at {} show why", screens);
    }

    private static Store storeOf(Serial serial, DemoShops.Opened shops) {
        return switch (serial.value()) {
            case TILL_OF_CHAIN -> shops.chain().stores().getFirst();
            case KIOSK_OF_BANK -> shops.bank();
            default -> shops.noodles();
        };
    }

    private String seatOf(Serial serial) {
        return switch (serial.value()) {
            case TILL_OF_CHAIN -> "收银台";
            case KIOSK_OF_BANK -> "大堂自助机";
            default -> SEATS.getOrDefault(wanted.get(serial), "柜台");
        };
    }

    private void keepKioskOpen() {
        wanted.keySet().stream()
                .filter(serial -> serial.value().equals(KIOSK_OF_BANK))
                .forEach(serial -> {
                    var scope = new HoursScope.OfTerminal(terminal(serial).id());
                    if (hours.current(DEMO, scope).version() == 0
                            && HoursDocument.parse(KIOSK) instanceof HoursDocument.Parsed.Valid(var document)) {
                        hours.change(DEMO, new ChangeHours(scope, document, 0, "自助区开到半夜"));
                    }
                });
    }

    private List<JsonNode> look(HttpClient http) throws InterruptedException {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(screens + "/api/terminals"))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var seen = new ArrayList<JsonNode>();
            JsonMapper.shared().readTree(answer.body()).forEach(seen::add);
            return seen;
        } catch (IOException notYet) {
            return List.of();
        }
    }

    /** Public ids of the demo set, in its order. */
    List<String> publicIds() {
        return wanted.keySet().stream()
                .map(serial -> terminal(serial).publicId())
                .toList();
    }

    private Terminal terminal(Serial serial) {
        return terminals.bySerial(DEMO, serial).orElseThrow();
    }

    private ModelId modelOf(DeviceClass deviceClass) {
        return catalogue.models().stream()
                .filter(model -> model.deviceClass() == deviceClass)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
