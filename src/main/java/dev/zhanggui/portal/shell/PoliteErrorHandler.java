package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.UI;
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
        switch (failure) {
            case Failure.Missing() -> show(ui, "shell.missing.title", "shell.missing.todo");
            case Failure.NoRight() -> show(ui, "shell.noRight.title", "shell.noRight.todo");
            case Failure.ChangedMeanwhile() -> show(ui, "shell.changed.title", "shell.changed.todo");
            case Failure.DatabaseIsAway() -> show(ui, "shell.away.title", "shell.away.todo");
            case Failure.Unexpected(var reference) ->
                Toast.failed(ui.getTranslation("shell.error.title"), ui.getTranslation("shell.error.todo", reference));
        }
    }

    private static void show(UI ui, String title, String todo) {
        Toast.failed(ui.getTranslation(title), ui.getTranslation(todo));
    }
}
