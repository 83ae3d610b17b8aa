package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.DeviceClass;
import java.util.List;
import java.util.Set;

/**
 * A product of the catalogue.
 *
 * @param pitch one short line: for whom it is
 * @param needsLicence a person without a business licence cannot have it
 * @param needsCorporateAccount settles to a corporate account only
 */
public record Model(
        ModelId id,
        Brand brand,
        DeviceClass deviceClass,
        LocalText name,
        LocalText pitch,
        Set<Feature> features,
        Set<Fit> fit,
        Set<PaymentMethod> methods,
        List<BoxItem> box,
        UnionPayType unionPayType,
        boolean needsLicence,
        boolean needsCorporateAccount,
        PriceSheet prices) {

    public Model {
        features = Set.copyOf(features);
        fit = Set.copyOf(fit);
        methods = Set.copyOf(methods);
        box = List.copyOf(box);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    public boolean takesCards() {
        return methods.stream().anyMatch(PaymentMethod::isCard);
    }

    public boolean takesCodes() {
        return methods.contains(PaymentMethod.CODE_SHOWN) || methods.contains(PaymentMethod.CODE_SCANNED);
    }
}
