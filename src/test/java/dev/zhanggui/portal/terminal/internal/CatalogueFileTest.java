package dev.zhanggui.portal.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Brand;
import dev.zhanggui.portal.terminal.Model;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Rate;
import java.io.IOException;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class CatalogueFileTest {

    @Test
    void offersAModelOfEveryDeviceClassAndEveryBrand() throws IOException {
        var models = CatalogueFile.read().models();

        assertThat(models).extracting(Model::deviceClass).contains(DeviceClass.values());
        assertThat(models).extracting(Model::brand).contains(Brand.values());
    }

    @Test
    void saysOfEveryModelWhatItCostsWhatItTakesAndWhatIsInTheBox() throws IOException {
        assertThat(CatalogueFile.read().models()).allSatisfy(model -> {
            assertThat(model.prices().sample()).isTrue();
            assertThat(model.prices().firstYear()).isGreaterThan(Money.ZERO);
            assertThat(model.prices().rates()).isNotEmpty();
            assertThat(model.methods()).isNotEmpty();
            assertThat(model.box()).isNotEmpty();
            assertThat(model.fit()).isNotEmpty();
            assertThat(model.name().zh()).isNotBlank();
            assertThat(model.name().en()).isNotBlank();
            assertThat(model.takesCards())
                    .isEqualTo(model.prices().rates().stream().anyMatch(rate -> rate.kind() != Rate.Kind.CODE));
        });
    }

    @Test
    void listsTheCheapestFirst() throws IOException {
        assertThat(CatalogueFile.read().models())
                .isSortedAccordingTo(
                        Comparator.comparing(model -> model.prices().firstYear()));
    }

    @Test
    void givesChinaUmsOnlyToHoldersOfALicenceAndACorporateAccount() throws IOException {
        assertThat(CatalogueFile.read().models())
                .filteredOn(model -> model.brand() == Brand.CHINAUMS)
                .isNotEmpty()
                .allMatch(model -> model.needsLicence() && model.needsCorporateAccount());
    }

    @Test
    void knowsNoModelOfAnotherName() throws IOException {
        var catalogue = CatalogueFile.read();

        assertThatThrownBy(() -> catalogue.model(new ModelId("no-such-model"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void addsUpTheFirstYear() throws IOException {
        var prices = CatalogueFile.read().model(new ModelId("lakala-smart")).prices();

        assertThat(prices.firstYear()).isEqualTo(Money.yuan(199 + 12 * 20 + 60));
        assertThat(prices.laterYear()).isEqualTo(Money.yuan(12 * 20 + 60));
    }
}
