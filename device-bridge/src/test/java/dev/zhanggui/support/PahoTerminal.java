package dev.zhanggui.support;

import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A terminal that shares with ours nothing but the contract: Eclipse's MQTT client, the JDK's Ed25519, a reader without any strictness.
 * It applies what is genuine and says so.
 */
public final class PahoTerminal implements AutoCloseable {

    /** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to its 32 bytes. */
    private static final String SPKI = "302a300506032b6570032100";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String tid;
    private final Topics topics;
    private final VerificationKey key;
    private final MqttClient client;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private long epoch;
    private long gen;
    private @Nullable String digest;
    private long seq;

    public PahoTerminal(int port, String tid, String token, VerificationKey key) throws MqttException {
        this.tid = tid;
        this.topics = new Topics(tid);
        this.key = key;
        client = new MqttClient("tcp://127.0.0.1:" + port, tid, new MemoryPersistence());
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                // Its own thread waits for acknowledgements: none must be waited for on it.
                thread.execute(() -> take(new String(message.getPayload(), StandardCharsets.US_ASCII)));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
        connect(token);
    }

    /** Again after {@link #disconnect}. */
    public void connect(String token) throws MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setUserName(tid);
        options.setPassword(token.toCharArray());
        client.connect(options);
        client.subscribe(new String[] {topics.of(Channel.MANIFEST), topics.of(Channel.ANSWER)}, new int[] {1, 1});
        say(Status.of(new Birth(tid, epoch, gen, digest, "QR_PLATE", "paho 1.2.5", "boot-1", Instant.now())));
    }

    public void disconnect() throws MqttException {
        client.disconnect();
    }

    @Override
    public void close() throws MqttException {
        thread.shutdownNow();
        if (client.isConnected()) {
            client.disconnectForcibly(0, 1000);
        }
        client.close();
    }

    private void take(String jws) {
        try {
            JsonNode manifest = JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.")[1]));
            boolean genuine =
                    isGenuine(jws) && manifest.get("tid").stringValue().equals(tid);
            if (genuine) {
                epoch = manifest.get("epoch").longValue();
                gen = manifest.get("gen").longValue();
                digest = Wire.digest(jws);
            }
            say(Status.of(new Report(
                    tid,
                    manifest.get("epoch").longValue(),
                    manifest.get("gen").longValue(),
                    Wire.digest(jws),
                    genuine ? Stage.APPLIED : Stage.REJECTED,
                    genuine ? 0 : 104,
                    null,
                    Instant.now(),
                    ++seq)));
        } catch (GeneralSecurityException | MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isGenuine(String jws) throws GeneralSecurityException {
        String spki = SPKI + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(key.publicKey()));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(spki))));
        int dot = jws.lastIndexOf('.');
        verifier.update(jws.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(jws.substring(dot + 1)));
    }

    private void say(Status status) throws MqttException {
        client.publish(topics.of(Channel.STATUS), JSON.writeValueAsBytes(status), 1, false);
    }
}
