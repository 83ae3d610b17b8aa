package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.qrcode.emv.AlternateName;
import dev.zhanggui.portal.qrcode.emv.DataObject;
import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import dev.zhanggui.portal.qrcode.emv.Fee;
import dev.zhanggui.portal.qrcode.emv.MerchantAccount;
import dev.zhanggui.portal.qrcode.emv.PointOfInitiation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant-presented payload says.
 *
 * @param pointOfInitiation static or dynamic; null when the payload does not say
 * @param merchantCategory four digits of ISO 18245
 * @param currency three letters of ISO 4217
 * @param amount as written; null when the payer types it
 * @param additionalData by name, such as terminalLabel; by id where the specification gives none
 * @param unreserved templates 80 to 99
 */
record EmvJson(
        @Nullable String pointOfInitiation,
        List<AccountJson> accounts,
        String merchantCategory,
        String currency,
        @Nullable String amount,
        FeeJson fee,
        String country,
        String name,
        String city,
        @Nullable String postalCode,
        SequencedMap<String, String> additionalData,
        @Nullable AlternateName alternateName,
        List<AccountJson> unreserved) {

    private static final Map<String, String> ADDITIONAL = Map.of(
            "01", "billNumber",
            "02", "mobileNumber",
            "03", "storeLabel",
            "04", "loyaltyNumber",
            "05", "referenceLabel",
            "06", "customerLabel",
            "07", "terminalLabel",
            "08", "purpose",
            "09", "requestedData");

    /**
     * @param scheme of ids 02 to 25, such as UNIONPAY
     * @param guid of a template
     * @param value of a primitive
     * @param objects of a template, by id, without the identifier
     */
    record AccountJson(
            String id,
            @Nullable String scheme,
            @Nullable String guid,
            @Nullable String value,
            @Nullable SequencedMap<String, String> objects) {

        static AccountJson of(MerchantAccount account) {
            return switch (account) {
                case MerchantAccount.Primitive(var id, var scheme, var value) ->
                    new AccountJson(id, scheme.name(), null, value, null);
                case MerchantAccount.Template(var id, var guid, var objects) ->
                    new AccountJson(id, null, guid, null, byName(objects, Map.of()));
            };
        }
    }

    /**
     * @param kind none, askTip, fixed or percentage
     * @param value amount or percent as a decimal number
     */
    record FeeJson(String kind, @Nullable String value) {

        static FeeJson of(Fee fee) {
            return switch (fee) {
                case Fee.None none -> new FeeJson("none", null);
                case Fee.AskTip ask -> new FeeJson("askTip", null);
                case Fee.Fixed(var amount) -> new FeeJson("fixed", amount.toPlainString());
                case Fee.Percentage(var percent) -> new FeeJson("percentage", percent.toPlainString());
            };
        }
    }

    static EmvJson of(EmvPayload payload) {
        return new EmvJson(
                payload.pointOfInitiation().map(EmvJson::text).orElse(null),
                payload.accounts().stream().map(AccountJson::of).toList(),
                payload.merchantCategory(),
                payload.currency().getCurrencyCode(),
                payload.amountText().orElse(null),
                FeeJson.of(payload.fee()),
                payload.country(),
                payload.name(),
                payload.city(),
                payload.postalCode().orElse(null),
                byName(payload.additionalData(), ADDITIONAL),
                payload.alternateName().orElse(null),
                payload.unreserved().stream().map(AccountJson::of).toList());
    }

    private static String text(PointOfInitiation point) {
        return point.name().toLowerCase(Locale.ROOT);
    }

    private static SequencedMap<String, String> byName(List<DataObject> objects, Map<String, String> names) {
        var map = new LinkedHashMap<String, String>();
        objects.forEach(it -> map.put(names.getOrDefault(it.id(), it.id()), it.value()));
        return map;
    }
}
