package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.PayerApp;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose page takes the money. Each acquirer is given an address and a secret; a payer is sent there with a signed link, so that
 * nobody changes amount or order number on the way.
 *
 * <p>The link: {@code <url>?order=<public id>&amount=<fen>&store=<ulid>&expires=<epoch s>&app=<payer app>&return=<address>&sig=<hex>}
 * with {@code sig} the HMAC-SHA-256 of everything between {@code ?} and {@code &sig=} under the acquirer's secret. How it ended
 * the acquirer says itself, signed by one of its result keys: {@link ResultSignature}.
 */
@ConfigurationProperties("zhanggui.cashier")
record Cashiers(boolean sandbox, Map<String, Acquirer> acquirers) {

    static final String SANDBOX = "sandbox";

    private static final int SHORTEST_SECRET = 32;

    /** What the column that names a payment's cashier holds. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,20}");

    Cashiers {
        acquirers = acquirers == null ? Map.of() : new LinkedHashMap<>(acquirers);
        acquirers.forEach(Acquirer::check);
    }

    /**
     * One acquirer's cashier.
     *
     * @param url https, without a query
     * @param secret at least 32 characters
     * @param apps whose payers it serves, such as {@code wechat,alipay}; all for none named
     * @param resultKeys by which it signs how payments ended, each of at least 32 characters: one, and two while they change;
     *     without any it cannot say, and its payments only expire
     */
    record Acquirer(String url, String secret, List<String> apps, List<String> resultKeys) {

        Acquirer {
            apps = apps == null ? List.of() : List.copyOf(apps);
            resultKeys = resultKeys == null ? List.of() : List.copyOf(resultKeys);
        }

        /** Without its secrets, wherever it is printed. */
        @Override
        public String toString() {
            return "Acquirer[url=" + url + ", apps=" + apps + "]";
        }

        static void check(String name, Acquirer it) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalStateException("zhanggui.cashier.acquirers." + name
                        + ": a name has 1 to 20 letters, digits, dashes, dots or underscores");
            }
            // Payments of the sandbox are marked as paid by the payer's own word.
            if (name.equalsIgnoreCase(SANDBOX)) {
                throw new IllegalStateException(
                        "zhanggui.cashier.acquirers." + name + ": this name is kept for the sandbox, choose another");
            }
            if (it.url == null || !it.url.matches("https://[^?#\\s]+")) {
                throw new IllegalStateException(
                        "zhanggui.cashier.acquirers." + name + ".url must be an https address without ? or #");
            }
            if (it.secret == null || it.secret.length() < SHORTEST_SECRET) {
                throw new IllegalStateException("zhanggui.cashier.acquirers." + name + ".secret needs at least "
                        + SHORTEST_SECRET + " characters. Make one with: openssl rand -hex 32");
            }
            for (var key : it.resultKeys) {
                if (key.length() < SHORTEST_SECRET || key.equals(it.secret)) {
                    throw new IllegalStateException("zhanggui.cashier.acquirers." + name
                            + ".result-keys: each needs at least " + SHORTEST_SECRET
                            + " characters and must not be the secret. Make one with: openssl rand -hex 32");
                }
            }
            for (var app : it.apps) {
                if (Arrays.stream(PayerApp.values())
                        .noneMatch(known -> known.name().equalsIgnoreCase(app))) {
                    throw new IllegalStateException("zhanggui.cashier.acquirers." + name + ".apps: there is no " + app);
                }
            }
        }

        boolean serves(PayerApp app) {
            return apps.isEmpty() || apps.stream().anyMatch(it -> it.equalsIgnoreCase(app.name()));
        }
    }

    /** The first acquirer that serves the app, in the order of the configuration; the sandbox where it is allowed and none does. */
    Optional<String> of(PayerApp app) {
        return acquirers.entrySet().stream()
                .filter(it -> it.getValue().serves(app))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> sandbox ? Optional.of(SANDBOX) : Optional.empty());
    }

    /**
     * Whose cashier takes a merchant's payment: the one that was chosen for the merchant, and no other in its place, or as
     * {@link #of(PayerApp)}.
     *
     * @param chosen empty where nobody chose
     */
    Optional<String> of(PayerApp app, Optional<String> chosen) {
        if (chosen.isEmpty()) {
            return of(app);
        }
        return chosen.filter(name -> {
            var acquirer = acquirers.get(name);
            return acquirer != null && acquirer.serves(app);
        });
    }

    /** Where pages may send a payer: origins for a Content-Security-Policy. */
    Set<String> origins() {
        return acquirers.values().stream()
                .map(it -> URI.create(it.url()))
                .map(it -> it.getScheme() + "://" + it.getAuthority())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the payer pays on the portal's own page, which moves no money. */
    boolean isSandbox(String cashier) {
        return !acquirers.containsKey(cashier) && cashier.equals(SANDBOX);
    }

    /** @param returnTo where the acquirer sends the payer afterwards */
    String address(Collection collection, String store, String returnTo) {
        var acquirer = acquirers.get(collection.cashier());
        if (acquirer == null) {
            return "/cashier/" + collection.token();
        }
        var facts = new LinkedHashMap<String, String>();
        facts.put("order", collection.publicId());
        facts.put("amount", Long.toString(collection.amount().fen()));
        facts.put("store", store);
        facts.put("expires", Long.toString(collection.expiresAt().getEpochSecond()));
        facts.put("app", collection.app().name().toLowerCase(Locale.ROOT));
        facts.put("return", returnTo);
        var query = facts.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return acquirer.url() + "?" + query + "&sig=" + sign(query, acquirer.secret());
    }

    private static String sign(String text, String secret) {
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", e);
        }
    }
}
