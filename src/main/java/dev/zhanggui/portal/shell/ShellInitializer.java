package dev.zhanggui.portal.shell;

import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinServiceInitListener;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Gives every session its language, every page its {@code lang} and size, and every failure its words. */
@Component
class ShellInitializer implements VaadinServiceInitListener {

    private final Texts texts;

    ShellInitializer(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().setSystemMessagesProvider(info -> messages(Texts.nearest(info.getLocale())));
        event.getSource().addSessionInitListener(init -> {
            init.getSession().setLocale(Preferences.of(init.getRequest()).locale());
            init.getSession().setErrorHandler(new PoliteErrorHandler());
        });
        event.addIndexHtmlRequestListener(page -> {
            var preferences = Preferences.of(page.getVaadinRequest());
            var html = page.getDocument().selectFirst("html");
            page.getDocument()
                    .head()
                    .appendElement("link")
                    .attr("rel", "icon")
                    .attr("type", "image/svg+xml")
                    .attr("href", "app/seal.svg");
            if (html != null) {
                html.attr("lang", preferences.locale().toLanguageTag());
                if (preferences.elder()) {
                    html.addClass("zg-elder");
                }
            }
        });
    }

    private SystemMessages messages(Locale locale) {
        var messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(true);
        messages.setSessionExpiredCaption(texts.getTranslation("shell.session.expired", locale));
        messages.setSessionExpiredMessage(texts.getTranslation("shell.session.expired.todo", locale));
        messages.setInternalErrorNotificationEnabled(true);
        messages.setInternalErrorCaption(texts.getTranslation("shell.error.title", locale));
        messages.setInternalErrorMessage(texts.getTranslation("shell.error.reload", locale));
        messages.setCookiesDisabledNotificationEnabled(true);
        messages.setCookiesDisabledCaption(texts.getTranslation("shell.cookies.title", locale));
        messages.setCookiesDisabledMessage(texts.getTranslation("shell.cookies.todo", locale));
        return messages;
    }
}
