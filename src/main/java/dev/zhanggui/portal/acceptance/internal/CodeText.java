package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.CodeChecks;
import dev.zhanggui.portal.qrcode.emv.DataObject;
import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import dev.zhanggui.portal.qrcode.emv.EmvReading;
import dev.zhanggui.portal.qrcode.emv.MerchantAccount;
import dev.zhanggui.portal.qrcode.emv.MerchantCode;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a scanned or typed text claims to be, before anything is looked up. The text is hostile until the opposite is shown. */
sealed interface CodeText {

    /** Names a code of ours, by its signs; whether it is signed is not looked at here. */
    record Code(String code) implements CodeText {}

    /** Leads to a store's opening hours here. */
    record Sign(String store) implements CodeText {}

    /** Leads here, but to nothing that any print of ours leads to. */
    record OurAddress() implements CodeText {}

    /** @param to host or scheme, in ASCII; empty for a text that leads nowhere */
    record Elsewhere(String to) implements CodeText {}

    /** Typed signs, with room for one too few or some too many: a slip of the pen is no foreign code. */
    Pattern TYPED = Pattern.compile("[0-9a-z]{16,30}");

    Pattern SIGNS = Pattern.compile("[0-9a-z]{1,40}");

    /** @param publicUrl where this installation is reached; what its own codes begin with */
    static CodeText read(String text, String publicUrl) {
        var words = text.strip();
        if (words.length() > CodeChecks.TEXT_MOST || words.isEmpty()) {
            return new Elsewhere("");
        }
        var typed = words.replaceAll("[\\s\\-]", "").toLowerCase(Locale.ROOT);
        if (TYPED.matcher(typed).matches()) {
            return new Code(typed.replace('o', '0').replace('i', '1').replace('l', '1'));
        }
        if (words.startsWith("0002")) {
            return payload(words, publicUrl);
        }
        return address(words, URI.create(publicUrl));
    }

    private static CodeText payload(String text, String publicUrl) {
        if (!(EmvPayload.read(text) instanceof EmvReading.Read(var payload, var remarks))) {
            return new Elsewhere("");
        }
        // Beside another account our address would vouch for money that goes elsewhere.
        var accounts = payload.accounts();
        return accounts.size() == 1
                        && payload.unreserved().isEmpty()
                        && accounts.getFirst() instanceof MerchantAccount.Template template
                ? ourAddress(template)
                        .map(url -> address(url, URI.create(publicUrl)))
                        .orElse(new Elsewhere(""))
                : new Elsewhere("");
    }

    private static Optional<String> ourAddress(MerchantAccount.Template template) {
        return template.guid().equals(MerchantCode.OUR_GUID)
                ? template.objects().stream()
                        .filter(it -> it.id().equals("01"))
                        .map(DataObject::value)
                        .findFirst()
                : Optional.empty();
    }

    private static CodeText address(String text, URI ours) {
        URI uri;
        try {
            // People leave out what browsers put in front themselves.
            uri = new URI(text.startsWith(ours.getRawAuthority() + "/") ? ours.getScheme() + "://" + text : text);
        } catch (URISyntaxException e) {
            return new Elsewhere("");
        }
        var scheme = uri.getScheme();
        if (scheme == null || uri.getRawAuthority() == null && scheme.length() < 2) {
            return new Elsewhere("");
        }
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            return new Elsewhere(shown(scheme.toLowerCase(Locale.ROOT) + ":"));
        }
        if (!isAt(uri, ours)) {
            return new Elsewhere(host(uri));
        }
        return path(uri.getRawPath(), ours.getRawPath());
    }

    /** Somebody's name before the host is never printed by us. The scheme does not matter: the signature does. */
    private static boolean isAt(URI uri, URI ours) {
        return ours.getHost().equalsIgnoreCase(uri.getHost())
                && uri.getRawUserInfo() == null
                && port(uri) == port(ours);
    }

    private static int port(URI uri) {
        return uri.getPort() == 80 || uri.getPort() == 443 ? -1 : uri.getPort();
    }

    private static CodeText path(String path, String base) {
        if (!path.startsWith(base)) {
            return new OurAddress();
        }
        var parts = path.substring(base.length()).split("/");
        if (parts.length != 3 || !parts[0].isEmpty()) {
            return new OurAddress();
        }
        return switch (parts[1]) {
            case "q" -> SIGNS.matcher(parts[2]).matches() ? new Code(parts[2]) : new OurAddress();
            case "s" -> new Sign(parts[2]);
            default -> new OurAddress();
        };
    }

    private static String host(URI uri) {
        if (uri.getHost() != null) {
            var host = uri.getHost().toLowerCase(Locale.ROOT);
            return shown(port(uri) < 0 ? host : host + ":" + port(uri));
        }
        // Letters beyond ASCII: told in the spelling that cannot be mistaken for another.
        return Optional.ofNullable(uri.getAuthority())
                .map(CodeText::ascii)
                .map(CodeText::shown)
                .orElse("");
    }

    private static @Nullable String ascii(String authority) {
        try {
            return IDN.toASCII(authority.substring(authority.lastIndexOf('@') + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(String to) {
        return to.length() <= 60 ? to : to.substring(0, 59) + "…";
    }
}
