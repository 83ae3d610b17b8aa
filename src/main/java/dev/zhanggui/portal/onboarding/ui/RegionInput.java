package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.shared.Regions.Region;
import java.util.List;

/** Province, city, county: the next one opens when the one before is chosen, and is left out where there is none. */
class RegionInput extends PartInput {

    private final Select<Region> province = select("onboarding.region.province");
    private final Select<Region> city = select("onboarding.region.city");
    private final Select<Region> county = select("onboarding.region.county");

    RegionInput(Drafting draft) {
        super(draft);
        province.setItems(Regions.provinces());
        city.setEnabled(false);
        county.setEnabled(false);
        var kept = kept(Field.REGION);
        if (kept != null && kept.problem() == null) {
            fill(kept.shown());
        }
        province.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                below(city, change.getValue());
                below(county, null);
                // A municipality is its own only city: one choice is no choice.
                if (change.getValue() != null && children(change.getValue()).size() == 1) {
                    city.setValue(children(change.getValue()).getFirst());
                    below(county, city.getValue());
                }
            }
        });
        city.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                below(county, change.getValue());
                leaf(change.getValue());
            }
        });
        county.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                leaf(change.getValue());
            }
        });
        var row = new Div(province, city, county);
        row.addClassName("zg-apply-region");
        add(row);
    }

    @Override
    void showProblem() {
        for (var select : List.of(province, city, county)) {
            boolean missing = select.isEnabled() && select.isVisible() && select.getValue() == null;
            select.setErrorMessage(getTranslation("onboarding.check.choose"));
            select.setInvalid(missing);
        }
    }

    @Override
    protected void take(String value) {
        kept(Field.REGION);
        fill(value);
    }

    private void fill(String code) {
        var path = Regions.path(code);
        province.setValue(path.getFirst());
        below(city, path.getFirst());
        city.setValue(path.get(1));
        below(county, path.get(1));
        if (path.size() == 3) {
            county.setValue(path.get(2));
        }
    }

    private void leaf(@org.jspecify.annotations.Nullable Region region) {
        if (region != null && Regions.isLeaf(region.code())) {
            save(Field.REGION, region.code());
            showProblemIfShown();
        }
    }

    private void showProblemIfShown() {
        if (province.isInvalid() || city.isInvalid() || county.isInvalid()) {
            showProblem();
        }
    }

    private static void below(Select<Region> select, @org.jspecify.annotations.Nullable Region above) {
        var items = above == null ? List.<Region>of() : children(above);
        select.setItems(items);
        select.setEnabled(!items.isEmpty());
        // Stays in sight, closed, until the one above is chosen; a city without counties needs no third choice.
        select.setVisible(above == null || !items.isEmpty());
    }

    private static List<Region> children(Region region) {
        return Regions.children(region.code());
    }

    private Select<Region> select(String key) {
        var select = new Select<Region>();
        select.setLabel(getTranslation(key));
        select.setItemLabelGenerator(Region::name);
        return select;
    }
}
