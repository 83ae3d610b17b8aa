package dev.zhanggui.portal.qrcode.internal;

/** Does what a portal does in the background with batches of codes: for tests outside this package. */
public class BatchWork {

    private final BatchWorker worker;

    BatchWork(BatchWorker worker) {
        this.worker = worker;
    }

    /** Until nothing is due. */
    public void all() {
        while (worker.workOne()) {
            // more came meanwhile
        }
    }
}
