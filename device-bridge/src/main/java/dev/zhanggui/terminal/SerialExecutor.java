package dev.zhanggui.terminal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs tasks of one terminal one after the other on threads shared by all: no lock and no thread per terminal. */
final class SerialExecutor implements Executor {

    private final Executor shared;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean active;

    SerialExecutor(Executor shared) {
        this.shared = shared;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (active) {
                return;
            }
            active = true;
        }
        try {
            shared.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The process ends; what still comes in is for nobody.
        }
    }

    private void drain() {
        while (true) {
            @Nullable Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    active = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                System.getLogger(SerialExecutor.class.getName())
                        .log(System.Logger.Level.ERROR, "A terminal's step failed", e);
            }
        }
    }
}
