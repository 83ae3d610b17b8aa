package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Industries;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Checked.Invalid;
import dev.zhanggui.portal.shared.Checked.Valid;
import dev.zhanggui.portal.shared.CorporateAccount;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.shared.ResidentId;
import dev.zhanggui.portal.shared.Uscc;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/** What makes each field right, and how it is shown without giving it away. Size first, then characters, then grammar. */
final class FieldPolicy {

    /** A person may apply from their eighteenth birthday on; the day itself counts (see {@link ResidentId#ageOn}). */
    static final int ADULT = 18;

    private FieldPolicy() {}

    /**
     * @param today the date in Asia/Shanghai
     * @return the value's normal form, or the reason it is not right
     */
    static Checked<String> check(Field field, String typed, LocalDate today) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Checked.invalid("empty");
        }
        if (text.length() > field.maxLength()) {
            return Checked.invalid("long");
        }
        return switch (field) {
            case CONTACT_PHONE -> map(Phone.check(text), Phone::national);
            case KIND -> oneOf(text, names(MerchantKind.values()));
            case SCENE -> oneOf(text, names(Scene.values()));
            case DEVICE -> text.equals(Field.ADVISE) ? Checked.valid(text) : oneOf(text, names(DeviceClass.values()));
            case INDUSTRY -> oneOf(text, Set.copyOf(Industries.KEYS));
            case LEGAL_NAME -> name(text);
            case RESIDENT_ID -> adult(ResidentId.check(text, today), today);
            case USCC -> map(Uscc.check(text), Uscc::code);
            case BUSINESS_NAME, STORE_NAME ->
                text.codePointCount(0, text.length()) < 2 ? Checked.invalid("short") : printable(text);
            case REGION -> Regions.isLeaf(text) ? Checked.valid(text) : Checked.invalid("unknown");
            case ADDRESS -> text.length() < 4 ? Checked.invalid("short") : printable(text);
            case WEB_LINK -> link(text);
            case BANK_CARD -> map(BankCard.check(text), BankCard::number);
            case CORPORATE_ACCOUNT -> map(CorporateAccount.check(text), CorporateAccount::number);
        };
    }

    /** The text for screens. Complete values keep their real grouping; half-typed ones show their first two characters. */
    static String shown(Field field, String value, boolean right) {
        if (!field.personal()) {
            return value;
        }
        if (!right) {
            return value.length() <= 2 ? "**" : value.substring(0, 2) + "*".repeat(Math.min(value.length() - 2, 8));
        }
        return switch (field) {
            case CONTACT_PHONE -> value.substring(0, 3) + "****" + value.substring(7);
            case LEGAL_NAME -> value.substring(0, value.offsetByCodePoints(0, 1)) + "*";
            case RESIDENT_ID -> new ResidentId(value).masked();
            case BANK_CARD -> new BankCard(value).masked();
            case CORPORATE_ACCOUNT -> new CorporateAccount(value).masked();
            case ADDRESS -> value.substring(0, value.offsetByCodePoints(0, 3)) + "****";
            case KIND, BUSINESS_NAME, USCC, SCENE, STORE_NAME, INDUSTRY, REGION, WEB_LINK, DEVICE -> value;
        };
    }

    /** Fields whose equal values in two applications are worth a look. */
    static boolean comparable(Field field) {
        return field == Field.RESIDENT_ID || field == Field.BANK_CARD || field == Field.CONTACT_PHONE;
    }

    private static Checked<String> adult(Checked<ResidentId> checked, LocalDate today) {
        return switch (checked) {
            case Valid<ResidentId>(var id) when id.ageOn(today) < ADULT -> Checked.invalid("minor");
            case Valid<ResidentId>(var id) -> Checked.valid(id.number());
            case Invalid<ResidentId>(var reason) -> Checked.invalid(reason);
        };
    }

    /** Names as on the card: letters of any script, and the dots and blanks inside transliterated names. */
    private static Checked<String> name(String text) {
        if (text.codePointCount(0, text.length()) < 2) {
            return Checked.invalid("short");
        }
        return text.matches("\\p{L}[\\p{L}\\p{M}·•.'\\- ]*")
                ? Checked.valid(text.replace('•', '·'))
                : Checked.invalid("characters");
    }

    private static Checked<String> printable(String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
                ? Checked.invalid("characters")
                : Checked.valid(text);
    }

    private static Checked<String> link(String text) {
        String full = text.matches("(?i)https?://.*") ? text : "https://" + text;
        try {
            var uri = new URI(full);
            return uri.getHost() != null && uri.getHost().contains(".") && uri.getUserInfo() == null
                    ? Checked.valid(full)
                    : Checked.invalid("grammar");
        } catch (URISyntaxException e) {
            return Checked.invalid("grammar");
        }
    }

    private static Checked<String> oneOf(String text, Set<String> allowed) {
        return allowed.contains(text) ? Checked.valid(text) : Checked.invalid("unknown");
    }

    private static Set<String> names(Enum<?>[] values) {
        return Set.copyOf(Arrays.stream(values).map(Enum::name).toList());
    }

    private static <T> Checked<String> map(Checked<T> checked, Function<T, String> normal) {
        return switch (checked) {
            case Valid<T>(var value) -> Checked.valid(normal.apply(value));
            case Invalid<T>(var reason) -> Checked.invalid(reason);
        };
    }
}
