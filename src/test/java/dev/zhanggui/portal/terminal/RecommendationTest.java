package dev.zhanggui.portal.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.Reason.Code;
import dev.zhanggui.portal.terminal.Recommendation.Cheaper;
import dev.zhanggui.portal.terminal.Recommendation.Ranked;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecommendationTest {

    private static final Model PLATE = model(
            "plate",
            DeviceClass.QR_PLATE,
            60,
            Set.of(Feature.LOUDSPEAKER),
            Set.of(Fit.INDIVIDUAL, Fit.MICRO),
            Set.of(PaymentMethod.CODE_SHOWN),
            false);
    private static final Model ESIGN = model(
            "esign",
            DeviceClass.ESIGN_POS,
            149,
            Set.of(Feature.PORTABLE, Feature.OWN_SIM),
            Set.of(Fit.INDIVIDUAL, Fit.MICRO, Fit.SMALL),
            Set.of(PaymentMethod.CODE_SCANNED, PaymentMethod.TAP),
            false);
    private static final Model SMART = model(
            "smart",
            DeviceClass.SMART_POS,
            499,
            Set.of(Feature.PORTABLE, Feature.OWN_SIM, Feature.PRINTER, Feature.LOUDSPEAKER),
            Set.of(Fit.SMALL, Fit.MEDIUM),
            Set.of(PaymentMethod.CODE_SCANNED, PaymentMethod.TAP),
            true);
    private static final List<Model> MODELS = List.of(PLATE, ESIGN, SMART);

    @Test
    void givesAStallThatTakesCodesThePlate() {
        var needs =
                new Needs(MerchantKind.INDIVIDUAL, false, false, 20, 1, false, false, false, true, false, false, null);

        assertThat(best(needs)).isEqualTo(PLATE);
    }

    @Test
    void givesTheDearerOneOnlyForNeedsThatTheCheaperOnesDoNotMeet() {
        var needs =
                new Needs(MerchantKind.SOLE_TRADER, true, false, 120, 1, true, true, false, false, false, false, null);
        var recommendation = Recommendation.of(needs, MODELS);

        var best = recommendation.best().orElseThrow();
        assertThat(best.model()).isEqualTo(SMART);
        assertThat(best.fits())
                .extracting(Reason::code)
                .containsExactlyInAnyOrder(
                        Code.TAKES_ALL_IN_ONE, Code.PRINTS, Code.OWN_SIM, Code.ANNOUNCES, Code.RIGHT_SIZE);
        assertThat(best.lacks()).isEmpty();
        assertThat(recommendation.cheaperThan(SMART.id()))
                .extracting(cheaper -> cheaper.ranked().model(), Cheaper::saves)
                .containsExactly(tuple(ESIGN, Money.yuan(350)), tuple(PLATE, Money.yuan(439)));
        assertThat(recommendation.on(ESIGN.id()).orElseThrow().lacks())
                .extracting(Reason::code)
                .containsExactly(Code.NO_PRINTER, Code.SILENT);
    }

    @Test
    void givesTheCheaperOfTwoThatMeetTheNeedsEqually() {
        var dearer =
                model("esign-two", DeviceClass.ESIGN_POS, 159, ESIGN.features(), ESIGN.fit(), ESIGN.methods(), false);
        var needs =
                new Needs(MerchantKind.INDIVIDUAL, false, false, 10, 1, true, false, true, false, false, false, null);

        assertThat(Recommendation.of(needs, List.of(dearer, ESIGN)).ranked())
                .extracting(Ranked::model)
                .containsExactly(ESIGN, dearer);
    }

    @Test
    void followsAWishAmongEqualsButNotAgainstANeed() {
        var other = model("mpos", DeviceClass.MPOS, 99, ESIGN.features(), ESIGN.fit(), ESIGN.methods(), false);
        var wishing = new Needs(
                MerchantKind.INDIVIDUAL,
                false,
                false,
                10,
                1,
                true,
                false,
                true,
                false,
                false,
                false,
                DeviceClass.ESIGN_POS);
        var wishingPlate = new Needs(
                MerchantKind.INDIVIDUAL,
                false,
                false,
                10,
                1,
                true,
                false,
                true,
                false,
                false,
                false,
                DeviceClass.QR_PLATE);

        assertThat(Recommendation.of(wishing, List.of(other, ESIGN))
                        .best()
                        .orElseThrow()
                        .model())
                .isEqualTo(ESIGN);
        assertThat(Recommendation.of(wishingPlate, List.of(PLATE, ESIGN))
                        .best()
                        .orElseThrow()
                        .model())
                .isEqualTo(ESIGN);
    }

    @Test
    void neverRecommendsWhatNeedsALicenceToAPersonWithoutOneAndSaysWhy() {
        var needs =
                new Needs(MerchantKind.INDIVIDUAL, false, false, 200, 1, true, true, true, false, false, false, null);
        var recommendation = Recommendation.of(needs, MODELS);

        assertThat(recommendation.ranked()).extracting(Ranked::model).doesNotContain(SMART);
        assertThat(recommendation.excluded())
                .singleElement()
                .satisfies(excluded ->
                        assertThat(excluded.lacks()).extracting(Reason::code).contains(Code.NEEDS_LICENCE));
        assertThat(recommendation.on(SMART.id())).isPresent();
    }

    @Test
    void findsNothingWhenEveryModelIsExcluded() {
        assertThat(Recommendation.of(Needs.of(MerchantKind.INDIVIDUAL), List.of(SMART))
                        .best())
                .isEmpty();
    }

    @Test
    void sizesABusinessByItsCollectionsADay() {
        assertThat(sizeAt(MerchantKind.INDIVIDUAL, 29)).isEqualTo(Fit.INDIVIDUAL);
        assertThat(sizeAt(MerchantKind.SOLE_TRADER, 0)).isEqualTo(Fit.MICRO);
        assertThat(sizeAt(MerchantKind.COMPANY, 0)).isEqualTo(Fit.SMALL);
        assertThat(sizeAt(MerchantKind.INDIVIDUAL, 30)).isEqualTo(Fit.SMALL);
        assertThat(sizeAt(MerchantKind.INDIVIDUAL, 149)).isEqualTo(Fit.SMALL);
        assertThat(sizeAt(MerchantKind.INDIVIDUAL, 150)).isEqualTo(Fit.MEDIUM);
        assertThat(sizeAt(MerchantKind.INDIVIDUAL, 600)).isEqualTo(Fit.LARGE);
    }

    private static Fit sizeAt(MerchantKind kind, int daily) {
        return Recommendation.sizeOf(
                new Needs(kind, true, true, daily, 1, false, false, false, true, false, false, null));
    }

    private static Model best(Needs needs) {
        return Recommendation.of(needs, MODELS).best().orElseThrow().model();
    }

    private static Model model(
            String id,
            DeviceClass deviceClass,
            long deposit,
            Set<Feature> features,
            Set<Fit> fit,
            Set<PaymentMethod> methods,
            boolean licence) {
        return new Model(
                new ModelId(id),
                Brand.LAKALA,
                deviceClass,
                new LocalText(id, id),
                new LocalText(id, id),
                features,
                fit,
                methods,
                List.of(),
                UnionPayType.SMART_POS,
                licence,
                false,
                new PriceSheet(Money.yuan(deposit), Money.ZERO, Money.ZERO, List.of(), true));
    }
}
