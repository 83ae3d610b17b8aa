package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Outside;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens to a payment while the store is closed: four cards, and the amount for the one with a limit. */
class OutsideField extends Div {

    private static final int DEFAULT_YUAN = 200;
    private static final int FEN = 100;

    private final RadioButtonGroup<Decision> policy = new RadioButtonGroup<>();
    private final IntegerField yuan = new IntegerField();
    private final Span from = new Span();
    private final Button back = new Button();
    private final Div source = new Div(from, back);
    private final transient Above above;
    private final transient Consumer<@Nullable Outside> onChange;
    private @Nullable Outside shown;
    private boolean showing;

    /** @param onChange null to take again what others say */
    OutsideField(Above above, Consumer<@Nullable Outside> onChange) {
        this.above = above;
        this.onChange = onChange;
        addClassName("zg-outside");
        policy.addClassName("zg-outside-cards");
        policy.setAriaLabel(getTranslation("tradinghours.outside"));
        policy.setRenderer(new ComponentRenderer<>(it -> {
            var name = new Span(getTranslation("tradinghours.outside." + it, amount()));
            name.addClassName("name");
            var more = new Span(getTranslation("tradinghours.outside." + it + ".more", amount()));
            more.addClassName("more");
            var card = new Div(name, more);
            card.addClassName("zg-outside-card");
            return card;
        }));
        yuan.setLabel(getTranslation("tradinghours.outside.cap"));
        yuan.setMin(1);
        yuan.setMax((int) (Outside.MAX_CAP_FEN / FEN));
        yuan.setStepButtonsVisible(false);
        yuan.setSuffixComponent(new Span(getTranslation("tradinghours.yuan")));
        yuan.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(getTranslation("tradinghours.error.CAP"))
                .setMinErrorMessage(getTranslation("tradinghours.error.CAP"))
                .setMaxErrorMessage(getTranslation("tradinghours.error.CAP"))
                .setRequiredErrorMessage(getTranslation("tradinghours.error.CAP")));
        policy.addValueChangeListener(change -> {
            if (!showing) {
                changed();
            }
        });
        yuan.addValueChangeListener(change -> {
            if (!showing && change.getValue() != null) {
                changed();
            }
        });
        back.setText(getTranslation("tradinghours.inherit.takeBack"));
        back.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        back.addClickListener(click -> onChange.accept(null));
        source.addClassNames("zg-inherit", "zg-small", "zg-muted");
        add(policy, yuan, source);
    }

    void show(HoursChain chain, boolean editable) {
        showing = true;
        var outside = chain.outside();
        showSource(chain, editable);
        boolean capped = outside.policy() == Decision.ALLOW_CAPPED;
        if (shown == null) {
            var choices =
                    new ArrayList<>(List.of(Decision.ALLOW, Decision.ALLOW_CAPPED, Decision.CONFIRM, Decision.DENY));
            if (outside.policy() == Decision.BOOKING_ONLY) {
                choices.add(3, Decision.BOOKING_ONLY);
            }
            policy.setItems(choices);
        }
        if (capped) {
            yuan.setValue((int) (outside.capFen() / FEN));
        } else if (yuan.getValue() == null) {
            yuan.setValue(DEFAULT_YUAN);
        }
        yuan.setVisible(capped);
        policy.setValue(outside.policy());
        // The cards name the amount; the focus stays where only the choice changed.
        if (shown != null && shown.capFen() != outside.capFen() && capped) {
            policy.getDataProvider().refreshAll();
        }
        shown = outside;
        policy.setReadOnly(!editable);
        yuan.setReadOnly(!editable);
        showing = false;
    }

    /** Who said it; not worth a word while nobody else says anything. */
    private void showSource(HoursChain chain, boolean editable) {
        var own = chain.at(above.own());
        var sharing = chain.above(above.own()).links().stream()
                .filter(it -> it.document().outside() != null)
                .findFirst();
        var pack = chain.reachingPack();
        boolean usual = pack != null && pack.rules().outside() != null;
        boolean mine = own != null && own.outside() != null;
        source.setVisible(sharing.isPresent() || usual);
        from.setText(
                mine
                        ? getTranslation("tradinghours.outside.own." + above.own())
                        : sharing.isPresent() || pack == null
                                ? getTranslation("tradinghours.outside.from."
                                        + sharing.map(HoursChain.Link::level).orElse(Level.MERCHANT))
                                : getTranslation(
                                        "tradinghours.outside.from.PACK",
                                        pack.name(getLocale().getLanguage())));
        back.setVisible(mine && editable);
    }

    private void changed() {
        if (policy.getValue() != Decision.ALLOW_CAPPED) {
            onChange.accept(Outside.of(policy.getValue()));
        } else if (amount() >= 1 && amount() <= Outside.MAX_CAP_FEN / FEN) {
            onChange.accept(Outside.capped((long) amount() * FEN));
        }
    }

    /** In yuan. */
    private int amount() {
        return yuan.getValue() == null ? DEFAULT_YUAN : yuan.getValue();
    }
}
