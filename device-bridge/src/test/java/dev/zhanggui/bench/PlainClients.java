package dev.zhanggui.bench;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import io.reactivex.schedulers.Schedulers;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Plain MQTT clients with the library and the threads that the virtual terminals use: connect, take what is published one to one,
 * nothing else. Orders: {@code connect} (answers connects a second), {@code subscribe}, {@code publish SECONDS BYTES} (answers
 * messages received a second), {@code end}.
 */
public final class PlainClients {

    private static final int PUBLISHERS = 4;
    private static final int IN_FLIGHT = 64;

    private final int port;
    private final List<String> tids;
    private final MqttClientExecutorConfig threads = MqttClientExecutorConfig.builder()
            .nettyThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .applicationScheduler(Schedulers.from(Runnable::run))
            .build();
    private final LongAdder received = new LongAdder();
    private List<Mqtt3AsyncClient> clients = List.of();

    private PlainClients(int port, int clients) {
        this.port = port;
        this.tids = Tids.of(clients);
    }

    public static void main(String[] arguments) throws Exception {
        var plain = new PlainClients(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        Child.ready();
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = orders.readLine(); line != null; line = orders.readLine()) {
                var words = line.split(" ");
                switch (words[0]) {
                    case "connect" -> Child.answer(plain.connect());
                    case "subscribe" -> Child.answer(plain.subscribe());
                    case "publish" ->
                        Child.answer(plain.publish(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
                    default -> System.exit(0);
                }
            }
        }
        System.exit(0);
    }

    /** All at once, as the terminals do. */
    private double connect() {
        long start = System.nanoTime();
        var connecting = new ArrayList<CompletableFuture<?>>();
        var fresh = new ArrayList<Mqtt3AsyncClient>();
        for (var tid : tids) {
            var client = client(tid);
            client.publishes(MqttGlobalPublishFilter.ALL, message -> received.increment());
            fresh.add(client);
            connecting.add(client.connectWith().cleanSession(true).keepAlive(60).send());
        }
        connecting.forEach(CompletableFuture::join);
        clients = fresh;
        return tids.size() / seconds(start);
    }

    private double subscribe() {
        long start = System.nanoTime();
        var subscribing = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < tids.size(); i++) {
            subscribing.add(clients.get(i)
                    .subscribeWith()
                    .topicFilter(new Topics(tids.get(i)).of(Channel.MANIFEST))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send());
        }
        subscribing.forEach(CompletableFuture::join);
        return tids.size() / seconds(start);
    }

    private double publish(int seconds, int bytes) throws InterruptedException {
        var publishers = new ArrayList<Mqtt3AsyncClient>();
        for (int i = 0; i < PUBLISHERS; i++) {
            var publisher = client("publisher-" + i);
            publisher.connectWith().cleanSession(true).keepAlive(60).send().join();
            publishers.add(publisher);
        }
        var topics =
                tids.stream().map(tid -> new Topics(tid).of(Channel.MANIFEST)).toList();
        var payload = new byte[bytes];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long before = received.sum();
        long start = System.nanoTime();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < PUBLISHERS; i++) {
            var publisher = publishers.get(i);
            int first = i;
            threads.add(Thread.ofVirtual().start(() -> {
                var room = new Semaphore(IN_FLIGHT);
                for (int next = first; System.nanoTime() < end; next = (next + PUBLISHERS) % topics.size()) {
                    room.acquireUninterruptibly();
                    publisher
                            .publishWith()
                            .topic(topics.get(next))
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(payload)
                            .send()
                            .whenComplete((done, failure) -> room.release());
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        double rate = (received.sum() - before) / seconds(start);
        publishers.forEach(Mqtt3AsyncClient::disconnect);
        return rate;
    }

    private Mqtt3AsyncClient client(String id) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .executorConfig(threads)
                .buildAsync();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
