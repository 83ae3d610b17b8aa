package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;

/** A batch in words. */
final class BatchWords {

    private static final int MEGA = 1 << 20;

    private final Component owner;

    BatchWords(Component owner) {
        this.owner = owner;
    }

    String progress(CodeBatch batch) {
        var refused = batch.refused() == 0 ? "" : say("progress.refused", batch.refused());
        return say("progress", batch.issued(), batch.wanted()) + refused;
    }

    StatusPill pill(CodeBatch batch) {
        return new StatusPill(
                switch (batch.state()) {
                    case RUNNING -> Meaning.ATTEND;
                    case DONE -> Meaning.OPEN;
                    case CANCELLED -> Meaning.CLOSED;
                },
                say("state." + batch.state()));
    }

    String flaw(BatchReading.Flaw flaw, int row) {
        return say(
                "flaw." + flaw,
                switch (flaw) {
                    case TOO_MANY -> CodeBatches.ROWS_MOST;
                    case TOO_LARGE -> CodeBatches.BYTES_MOST / MEGA;
                    default -> row;
                });
    }

    String error(RowError error) {
        return say(
                "error." + error.kind(),
                switch (error.kind()) {
                    case PLACE_TOO_LONG -> QrCodes.PLACE_MOST;
                    case HOLDER_TOO_LONG -> QrCodes.HOLDER_MOST;
                    default -> error.otherRow();
                });
    }

    /** What stood in the file, for the eye to find the row again. */
    String typed(String store, String place) {
        if (store.isEmpty() && place.isEmpty()) {
            return say("typed.nothing");
        }
        return store.isEmpty() || place.isEmpty() ? store + place : say("typed", store, place);
    }

    String result(BatchRow.Result result) {
        return say("result." + result);
    }

    String say(String key, Object... values) {
        return owner.getTranslation("codes.batch." + key, values);
    }
}
