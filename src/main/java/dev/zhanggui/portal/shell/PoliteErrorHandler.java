package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import dev.zhanggui.portal.uikit.Toast;

/** Answers a click that failed: what happened, and what to do. The page stays as it is. */
class PoliteErrorHandler implements ErrorHandler {

    @Override
    public void error(ErrorEvent event) {
        var failure = Failure.of(event.getThrowable());
        var ui = UI.getCurrent();
        if (ui == null) {
            return;
        }
        event.getComponent().ifPresent(PoliteErrorHandler::enableAgain);
        switch (failure) {
            case Failure.Missing() -> show(ui, "shell.missing.title", "shell.missing.todo");
            case Failure.NoRight() -> show(ui, "shell.noRight.title", "shell.noRight.todo");
            case Failure.ChangedMeanwhile() -> show(ui, "shell.changed.title", "shell.changed.todo");
            case Failure.DatabaseIsAway() -> show(ui, "shell.away.title", "shell.away.todo");
            case Failure.Unexpected(var reference) ->
                Toast.failed(ui.getTranslation("shell.error.title"), ui.getTranslation("shell.error.todo", reference));
        }
    }

    /** Its own listener did not come to that; what was refused must be possible again. */
    private static void enableAgain(Component clicked) {
        if (clicked instanceof Button button && button.isDisableOnClick()) {
            button.setEnabled(true);
        }
    }

    private static void show(UI ui, String title, String todo) {
        Toast.failed(ui.getTranslation(title), ui.getTranslation(todo));
    }
}
