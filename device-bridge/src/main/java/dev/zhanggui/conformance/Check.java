package dev.zhanggui.conformance;

import dev.zhanggui.wire.Text;

/**
 * One thing that a terminal must do.
 *
 * @param id stable, for machines and for {@code --only}
 * @param advice what to do when it does not
 */
record Check(String id, Text name, Text expected, Text advice, Trial trial) {

    /** Finds out. */
    interface Trial {

        /** @throws UnmetException when it is not so */
        Finding run(Lab lab) throws UnmetException, InterruptedException;
    }

    Finding run(Lab lab) throws InterruptedException {
        try {
            return trial.run(lab);
        } catch (UnmetException e) {
            return new Finding(Finding.Outcome.FAILED, e.seen());
        } finally {
            lab.inOrder();
        }
    }
}
