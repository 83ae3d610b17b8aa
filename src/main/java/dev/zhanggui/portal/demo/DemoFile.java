package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;

/** Writes {@code demo.json}, the demo's addresses, accounts and ids for scripts, one account a line. */
@DemoOnly
class DemoFile {

    private record Account(String role, String login, String secret) {}

    private final DemoPeople people;
    private final DemoTerminals terminals;
    private final DemoKeys keys;
    private final QrCodes codes;
    private final Path file;
    private final String portal;
    private final String screens;
    private final String mqtt;

    DemoFile(
            DemoPeople people,
            DemoTerminals terminals,
            DemoKeys keys,
            QrCodes codes,
            @Value("${zhanggui.data}") Path data,
            @Value("${zhanggui.public-url}") String portal,
            @Value("${zhanggui.screens-url}") String screens,
            @Value("${zhanggui.mqtt-port}") int mqttPort) {
        this.people = people;
        this.terminals = terminals;
        this.keys = keys;
        this.codes = codes;
        this.file = data.resolve("demo.json");
        this.portal = portal;
        this.screens = screens;
        this.mqtt = "mqtt://localhost:" + mqttPort;
    }

    /** Beside and renamed, so that whoever sees the file sees all of it. */
    void write(DemoShops.Opened shops) {
        var owner = people.person(DemoPeople.OWNER, Role.OWNER);
        var urls = codes.list(owner, shops.noodles().id()).stream()
                .filter(QrCode::isActive)
                .map(QrCode::code)
                .toList();
        var json = """
                {
                  "portal": %s,
                  "screens": %s,
                  "mqtt": %s,
                  "accounts": [
                    %s
                  ],
                  "apiKeys": {"staff": %s, "merchant": %s, "otherMerchant": %s, "chain": %s},
                  "stores": %s,
                  "chainStores": %s,
                  "bankStore": %s,
                  "qrCodes": %s,
                  "terminals": %s
                }
                """.formatted(
                quoted(portal),
                quoted(screens),
                quoted(mqtt),
                accounts().stream().map(DemoFile::line).collect(Collectors.joining(",\n    ")),
                quoted(keys.staff()),
                quoted(keys.merchant(shops.noodles().merchantId())),
                quoted(keys.merchant(shops.fruit().merchantId())),
                quoted(keys.merchant(shops.chain().merchant())),
                list(List.of(shops.noodles().publicId(), shops.fruit().publicId())),
                list(shops.chain().stores().stream().map(Store::publicId).toList()),
                quoted(shops.bank().publicId()),
                list(urls),
                list(terminals.publicIds()));
        try {
            Files.createDirectories(file.getParent());
            var fresh = file.resolveSibling("demo.json.new");
            Files.writeString(fresh, json);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Account> accounts() {
        var accounts = new ArrayList<Account>();
        var inbox = "code in " + portal + "/demo/outbox";
        Stream.of(
                        new Account("APPLICANT", DemoPeople.APPLICANT, inbox),
                        new Account("OWNER", DemoPeople.OWNER, inbox),
                        new Account("MANAGER", DemoPeople.MANAGER, inbox),
                        new Account("CASHIER", DemoPeople.CASHIER, inbox),
                        new Account("OTHER_OWNER", DemoPeople.OTHER_OWNER, inbox),
                        new Account("CHAIN_OWNER", DemoPeople.CHAIN_OWNER, inbox),
                        new Account("CHAIN_MANAGER", DemoPeople.CHAIN_MANAGER, inbox),
                        new Account("CHAIN_CASHIER", DemoPeople.CHAIN_CASHIER, inbox),
                        new Account("BANK_OWNER", DemoPeople.BANK_OWNER, inbox))
                .forEach(accounts::add);
        DemoPeople.STAFF.forEach(
                staff -> accounts.add(new Account(staff.role().name(), staff.login(), DemoPeople.PASSWORD)));
        return accounts;
    }

    private static String line(Account account) {
        return "{\"role\": %s, \"login\": %s, \"secret\": %s}"
                .formatted(quoted(account.role()), quoted(account.login()), quoted(account.secret()));
    }

    private static String list(List<String> values) {
        return values.stream().map(DemoFile::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** All values are our own: addresses, ids, logins; none holds a quote or a control character. */
    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
