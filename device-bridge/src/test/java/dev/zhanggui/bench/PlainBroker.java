package dev.zhanggui.bench;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;

/** The broker that the bridge embeds, with its settings and with nothing of ours in it: what it can do at most. */
public final class PlainBroker {

    private PlainBroker() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("zhanggui-plain-broker");
        var conf = Files.createDirectory(folder.resolve("conf"));
        Files.writeString(conf.resolve("config.xml"), """
            <?xml version="1.0"?>
            <hivemq>
              <listeners>
                <tcp-listener><port>%s</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <mqtt>
                <queued-messages><max-queue-size>1000</max-queue-size><strategy>discard</strategy></queued-messages>
                <retained-messages><enabled>false</enabled></retained-messages>
                <wildcard-subscriptions><enabled>false</enabled></wildcard-subscriptions>
                <shared-subscriptions><enabled>false</enabled></shared-subscriptions>
                <quality-of-service><max-qos>1</max-qos></quality-of-service>
                <session-expiry><max-interval>0</max-interval></session-expiry>
              </mqtt>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
              <persistence><mode>in-memory</mode></persistence>
            </hivemq>
            """.formatted(arguments[0]));
        var hive = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(conf)
                .withDataFolder(Files.createDirectory(folder.resolve("data")))
                .withExtensionsFolder(Files.createDirectory(folder.resolve("extensions")))
                .withoutLoggingBootstrap()
                .build();
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
        hive.start().get();
        Child.ready();
        new CountDownLatch(1).await();
    }
}
