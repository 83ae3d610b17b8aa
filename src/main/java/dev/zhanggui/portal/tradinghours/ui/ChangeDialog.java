package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.shared.HasValidationProperties;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The frame of the dialogs about one thing that is not like every week: why it is there, its fields, and the way to take it, to
 * leave it or to remove what was there. Nothing is saved by it yet.
 *
 * @param <T> what is edited
 */
abstract class ChangeDialog<T> extends Dialog {

    /**
     * @param existing whether there is something to remove
     * @param onChange empty when it is removed
     */
    ChangeDialog(String title, boolean existing, Consumer<Optional<T>> onChange) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(title);
        if (existing) {
            var remove = new Button(getTranslation("tradinghours.remove"), click -> {
                close();
                onChange.accept(Optional.empty());
            });
            remove.addThemeVariants(ButtonVariant.TERTIARY);
            remove.addClassName("zg-danger");
            getFooter().add(remove);
        }
        var apply = new Button(
                getTranslation("tradinghours.use"),
                click -> read().ifPresent(read -> {
                    close();
                    onChange.accept(Optional.of(read));
                }));
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("tradinghours.cancel"), click -> close()), apply);
    }

    /** What the fields say; empty when one of them says what is wrong. */
    abstract Optional<T> read();

    /** @param why what it is good for */
    final void fill(String why, Component... fields) {
        var body = new Div(new Paragraph(why));
        body.add(fields);
        body.addClassName("zg-stack");
        add(body);
    }

    /** Two fields beside each other. */
    static Div pair(Component from, Component to) {
        var pair = new Div(from, to);
        pair.addClassName("zg-hours-dates");
        return pair;
    }

    /** Says at the field what is wrong with it. */
    final <R> Optional<R> refuse(HasValidationProperties field, String key) {
        field.setErrorMessage(getTranslation(key));
        field.setInvalid(true);
        return Optional.empty();
    }
}
