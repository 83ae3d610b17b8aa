package dev.zhanggui.portal.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.merchant.MerchantKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {

    @Test
    void aStallKeeperWithoutALicenceIsAskedForNoLicenceAndOnePhoto() {
        assertThat(Question.of(new Branch(MerchantKind.INDIVIDUAL, Scene.STALL)))
                .containsExactly(
                        Question.PHONE,
                        Question.KIND,
                        Question.NAME,
                        Question.RESIDENT_ID,
                        Question.SCENE,
                        Question.STORE,
                        Question.ADDRESS,
                        Question.STALL_PHOTO,
                        Question.DEVICE,
                        Question.CARD);
    }

    @Test
    void aSoleTraderWithAShopIsAskedForTheLicenceAndTwoPhotos() {
        assertThat(Question.of(new Branch(MerchantKind.SOLE_TRADER, Scene.SHOP)))
                .contains(Question.LICENCE, Question.LICENCE_PHOTO, Question.SHOP_PHOTO)
                .doesNotContain(Question.STALL_PHOTO, Question.WEB_LINK);
    }

    @Test
    void whoSellsOnlineIsAskedForTheAddressOfTheShopAndForNoPhotoOfOne() {
        assertThat(Question.of(new Branch(MerchantKind.INDIVIDUAL, Scene.ONLINE)))
                .contains(Question.WEB_LINK)
                .doesNotContain(Question.SHOP_PHOTO, Question.STALL_PHOTO, Question.LICENCE_PHOTO);
    }

    @Test
    void aCompanyCollectsIntoItsAccountAndEverybodyElseOntoACard() {
        assertThat(Question.CARD.parts(new Branch(MerchantKind.COMPANY, Scene.SHOP)))
                .isEqualTo(List.of(Field.CORPORATE_ACCOUNT));
        assertThat(Question.CARD.parts(new Branch(MerchantKind.SOLE_TRADER, Scene.SHOP)))
                .isEqualTo(List.of(Field.BANK_CARD));
    }

    @Test
    void anUnansweredBranchAsksNothingThatDependsOnIt() {
        assertThat(Question.of(new Branch(null, null)))
                .doesNotContain(Question.LICENCE, Question.WEB_LINK, Question.SHOP_PHOTO, Question.CARD);
    }

    @Test
    void everyPartIsAskedOnExactlyOneScreenAndFoundByItsName() {
        for (var field : Field.values()) {
            assertThat(Question.asking(field)).isNotNull();
            assertThat(ApplicationPart.of(field.name())).contains(field);
        }
        for (var kind : DocumentKind.values()) {
            assertThat(Question.asking(kind).step()).isEqualTo(Question.Step.PHOTOS);
            assertThat(ApplicationPart.of(kind.name())).contains(kind);
        }
        assertThat(ApplicationPart.of("NOTHING")).isEmpty();
        var names = new java.util.ArrayList<>(
                Arrays.stream(Field.values()).map(Enum::name).toList());
        names.addAll(Arrays.stream(DocumentKind.values()).map(Enum::name).toList());
        assertThat(names).doesNotHaveDuplicates();
    }
}
