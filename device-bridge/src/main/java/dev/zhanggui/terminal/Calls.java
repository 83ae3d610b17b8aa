package dev.zhanggui.terminal;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls to the bridge, so many at a time: a fleet that wakes up must not open a socket for each of its terminals. */
final class Calls {

    private static final int AT_ONCE = 64;

    private record Waiting(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> answer) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int running;

    /** The patience that the request names begins when its turn comes. */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
        synchronized (queue) {
            if (running >= AT_ONCE) {
                queue.add(new Waiting(request, answer));
                return answer;
            }
            running++;
        }
        start(new Waiting(request, answer));
        return answer;
    }

    private void start(Waiting next) {
        http.sendAsync(next.request(), HttpResponse.BodyHandlers.ofByteArray()).whenComplete((response, failure) -> {
            oneLess();
            if (failure == null) {
                next.answer().complete(response);
            } else {
                next.answer().completeExceptionally(failure);
            }
        });
    }

    private void oneLess() {
        @Nullable Waiting next;
        synchronized (queue) {
            next = queue.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            start(next);
        }
    }
}
