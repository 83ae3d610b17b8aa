package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages of this process that a topic changed, such as {@code "store:123"}. Topics carry no data: a page reads again
 * what it shows, by the services and with its own actor. Publish after the commit.
 */
@org.springframework.stereotype.Component
public class LiveUpdates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

    private final Map<String, Set<Listener>> topics = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("live-", 0).factory());

    /** One open page's interest; {@code due} folds a burst into one refresh. */
    private static final class Listener {
        private final UI ui;
        private final Runnable refresh;
        private final AtomicBoolean due = new AtomicBoolean();

        Listener(UI ui, Runnable refresh) {
            this.ui = ui;
            this.refresh = refresh;
        }
    }

    /**
     * Runs {@code refresh} in the owner's session, with push, whenever the topic changes while the owner is attached. The
     * registration ends it early.
     */
    public Registration subscribe(Component owner, String topic, Runnable refresh) {
        var current = new AtomicReference<@Nullable Listener>();
        Runnable leave = () -> {
            var listener = current.getAndSet(null);
            if (listener != null) {
                remove(topic, listener);
            }
        };
        Runnable join = () -> {
            leave.run();
            var listener = new Listener(owner.getUI().orElseThrow(), refresh);
            current.set(listener);
            topics.compute(topic, (key, listeners) -> {
                var set = listeners == null ? ConcurrentHashMap.<Listener>newKeySet() : listeners;
                set.add(listener);
                return set;
            });
        };
        if (owner.isAttached()) {
            join.run();
        }
        var attached = owner.addAttachListener(event -> join.run());
        var detached = owner.addDetachListener(event -> leave.run());
        return () -> {
            leave.run();
            attached.remove();
            detached.remove();
        };
    }

    /** Never blocks and never fails: each page is refreshed on a thread of its own. */
    public void publish(String topic) {
        for (var listener : topics.getOrDefault(topic, Set.of())) {
            if (listener.due.compareAndSet(false, true)) {
                threads.execute(() -> refresh(topic, listener));
            }
        }
    }

    /** {@link #publish} of every topic that begins so. */
    public void publishAll(String prefix) {
        topics.keySet().stream().filter(topic -> topic.startsWith(prefix)).forEach(this::publish);
    }

    /** Pages listening now, for tests and metrics. */
    public int listeners(String topic) {
        return topics.getOrDefault(topic, Set.of()).size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void refresh(String topic, Listener listener) {
        try {
            listener.ui.access(() -> {
                listener.due.set(false);
                listener.refresh.run();
            });
        } catch (UIDetachedException gone) {
            remove(topic, listener);
        } catch (RuntimeException e) {
            LOG.warn("A page could not follow {}", topic, e);
        }
    }

    private void remove(String topic, Listener listener) {
        topics.computeIfPresent(topic, (key, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }
}
