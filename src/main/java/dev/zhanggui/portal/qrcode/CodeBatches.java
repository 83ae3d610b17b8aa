package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;

/**
 * Codes by the thousand, from a file: a head line that names the columns 门店 (a store's name, or its number where several have
 * the name), 位置 and, if wanted, 负责人; then a row for each code. For OWNER and MANAGER; another merchant's batch meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}, too low a role
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 *
 * <p>Codes are made in the background, by whichever portal is free. A portal that dies loses nothing and makes nothing twice.
 */
public interface CodeBatches {

    int ROWS_MOST = 10_000;

    /** Far above what so many rows need. */
    int BYTES_MOST = 4 << 20;

    int NAME_MOST = 100;

    /** Rows read at once, and batches listed. */
    int PAGE = 1_000;

    /** Says what the file would lead to; nothing is issued. */
    BatchReading check(Actor actor, MerchantId merchant, byte[] file);

    /**
     * Has the codes of all right rows issued; rows that are wrong are kept with their error.
     *
     * @param name of the file, for people; what is longer than {@link #NAME_MOST} is cut
     * @param again also when codes were issued from the same file before
     */
    StartOutcome start(Actor actor, MerchantId merchant, String name, byte[] file, boolean again);

    /** Newest first; at most 100. */
    List<CodeBatch> list(Actor actor, MerchantId merchant);

    CodeBatch get(Actor actor, CodeBatchId id);

    CodeBatch byPublicId(Actor actor, String publicId);

    /**
     * In the order of the file.
     *
     * @param after rows with a higher number only
     * @param most 1 to {@link #PAGE}
     */
    List<BatchRow> rows(Actor actor, CodeBatchId id, BatchRow.Filter filter, int after, int most);

    /** How many rows each error has. */
    List<Errors> errors(Actor actor, CodeBatchId id);

    record Errors(RowError.Kind kind, int rows) {}

    CancelOutcome cancel(Actor actor, CodeBatchId id);

    /** All rows in the order of the file, to be taken away; on record. */
    List<BatchRow> export(Actor actor, CodeBatchId id);

    /**
     * One file with a label for each code in use, in the order of the file; the download is on record with each code.
     *
     * @param shape a sheet of labels, else {@link IllegalArgumentException}
     */
    BatchPrintOutcome print(Actor actor, CodeBatchId id, Printing.Shape shape);

    /** CSV to begin with: the head line, and a row for each store of the merchant. */
    String template(Actor actor, MerchantId merchant);
}
