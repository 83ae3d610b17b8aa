package dev.zhanggui.portal.configuration.internal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets threads sleep until there may be work. A wake that comes between a look and a sleep is not lost: the sleeper names the
 * last wake it had seen before it looked.
 */
class Wake {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private long wakes;

    long seen() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    void now() {
        lock.lock();
        try {
            wakes++;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns at once when somebody woke since {@code seen}. */
    void await(long seen, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long nanos = most.toNanos();
            while (wakes == seen && nanos > 0) {
                nanos = woken.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
