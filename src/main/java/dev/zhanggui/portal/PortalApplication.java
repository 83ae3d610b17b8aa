package dev.zhanggui.portal;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The portal's process: applicants', merchants' and staff's pages, the API, and the portal's end of the bridge link. */
@SpringBootApplication
@Push(transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://app/styles.css")
public class PortalApplication implements AppShellConfigurator {

    static void main(String[] args) {
        // DATETIME columns hold UTC; a JVM in another zone would shift them.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SpringApplication.run(PortalApplication.class, args);
    }
}
