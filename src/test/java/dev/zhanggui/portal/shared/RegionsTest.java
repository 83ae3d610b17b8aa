package dev.zhanggui.portal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegionsTest {

    @Test
    void theListHoldsTheProvincesOfTheMainlandWithTheirCities() {
        assertThat(Regions.provinces())
                .hasSize(31)
                .extracting(Regions.Region::name)
                .contains("北京市", "湖南省");
        assertThat(Regions.children("430000"))
                .extracting(Regions.Region::name)
                .contains("长沙市")
                .hasSize(14);
        assertThat(Regions.children("430100")).extracting(Regions.Region::name).contains("岳麓区");
    }

    @Test
    void aCountyIsALeafAndACityWithCountiesIsNot() {
        assertThat(Regions.isLeaf("430104")).isTrue();
        assertThat(Regions.isLeaf("430100")).isFalse();
        assertThat(Regions.isLeaf("430000")).isFalse();
        assertThat(Regions.isLeaf("999999")).isFalse();
        assertThat(Regions.isLeaf("")).isFalse();
    }

    @Test
    void aCityWithoutCountiesIsALeaf() {
        assertThat(Regions.isLeaf("441900")).isTrue();
        assertThat(Regions.fullName("441900")).contains("广东省东莞市");
    }

    @Test
    void regionsNewerThanMostListsAreThere() {
        assertThat(Regions.isLeaf("659012")).isTrue();
        assertThat(Regions.isLeaf("653228")).isTrue();
    }

    @Test
    void aMunicipalityIsNamedOnce() {
        assertThat(Regions.fullName("110101")).contains("北京市东城区");
        assertThat(Regions.fullName("430104")).contains("湖南省长沙市岳麓区");
        assertThat(Regions.fullName("000000")).isEmpty();
    }

    @Test
    void aRegionIsFoundByItsNameOrTheFirstDigitsOfItsCode() {
        assertThat(found("长沙")).startsWith("430100", "430121");
        assertThat(found("湖南长沙")).startsWith("430100", "430102").doesNotContain("430000");
        assertThat(found("湖南省长沙市岳麓区")).containsExactly("430104");
        assertThat(found("4301")).startsWith("430100", "430102").doesNotContain("430200");
        assertThat(found("430104")).containsExactly("430104");
        assertThat(found("北京")).startsWith("110000").doesNotContain("110100");
        assertThat(found("湖南")).startsWith("430000", "430100");
        for (var nothing : List.of("", " ", "9", "4301041", "Atlantis", "%", "[")) {
            assertThat(found(nothing)).as(nothing).isEmpty();
        }
    }

    @Test
    void theDigitsOfARegionAreThoseThatItsCodesShare() {
        assertThat(Regions.digits("430000")).isEqualTo("43");
        assertThat(Regions.digits("430100")).isEqualTo("4301");
        assertThat(Regions.digits("430104")).isEqualTo("430104");
        assertThat(Regions.digits("441900")).isEqualTo("4419");
    }

    private static List<String> found(String text) {
        return Regions.search(text, 5).stream().map(Regions.Region::code).toList();
    }

    @Test
    void theUnknownHasNoParts() {
        assertThat(Regions.children("43")).isEmpty();
        assertThat(Regions.children("430104")).isEmpty();
    }
}
