package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codes of stores. Members may see them; OWNER and MANAGER may issue, download and revoke. Another merchant's store or code
 * meets {@link dev.zhanggui.portal.shared.NotFoundException}, too low a role
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface QrCodes {

    /** What fits under the code of a plate. */
    int PLACE_MOST = 20;

    /** The length of a holder's name. */
    int HOLDER_MOST = 20;

    /** Plates that one store may have had, stopped ones too. */
    int PLATES_MOST = 2_000;

    /** Issues a store code; audited, and published as {@link CodesChanged}. */
    IssueOutcome issue(Actor actor, StoreId store, String place);

    /** Issues a code that belongs to a terminal; its place is the terminal's seat unless another is named. */
    IssueOutcome issueFor(Actor actor, TerminalId terminal, String place);

    /**
     * Issues the code of an order, for CASHIER and above: shown once on a screen, paid once. Safe to repeat: the same wish gives
     * the same code.
     */
    OrderCodeOutcome issueOrder(Actor actor, StoreId store, NewOrderCode wish);

    /** All plates of a store, revoked ones too, ordered by number; at most {@link #PLATES_MOST}. Order codes are no plates. */
    List<QrCode> list(Actor actor, StoreId store);

    /** Order codes of a store, newest first; at most {@code limit}, which is at most 500. */
    List<QrCode> orders(Actor actor, StoreId store, int limit);

    /**
     * Which codes of a store are wanted.
     *
     * @param kind only these; null for all
     * @param active only those in use, or only stopped ones; null for both
     */
    record Filter(@Nullable QrCodeKind kind, @Nullable Boolean active) {}

    /**
     * Codes of a store, order codes too, newest first.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit at most 500
     */
    List<QrCode> page(Actor actor, StoreId store, Filter filter, @Nullable QrCodeId after, int limit);

    /** Those of the ids that are codes of the store; at most 500. */
    List<QrCode> among(Actor actor, StoreId store, Collection<QrCodeId> ids);

    QrCode get(Actor actor, QrCodeId id);

    QrCode byCode(Actor actor, String code);

    /**
     * Says where a plate hangs now and who answers for it.
     *
     * @param version of the code that was seen; {@link dev.zhanggui.portal.shared.LostUpdateException} when it changed meanwhile
     * @param holder may be empty
     */
    PlaceOutcome place(Actor actor, QrCodeId id, String place, String holder, int version);

    /**
     * Stops a code for good: from the answer on no scan of it is accepted, and terminals drop it.
     *
     * @param note in the actor's own words, may be empty
     */
    RevokeOutcome revoke(Actor actor, QrCodeId id, RevocationReason reason, String note);

    /** Stops a plate and issues another for the same place, in one step. A plate that was stopped before gets no successor. */
    ReplaceOutcome replace(Actor actor, QrCodeId id, RevocationReason reason, String note);

    /** The merchant's system confirms what was paid by an order code of {@link OrderFlow#CONFIRMED_ONLINE}; for CASHIER and above. */
    ConfirmOutcome confirmOrder(Actor actor, QrCodeId id);

    /** The bytes of a logo. */
    int LOGO_MOST = 1 << 20;

    /** The plain {@link Printing} of the format. */
    default ArtefactOutcome artefact(Actor actor, QrCodeId id, Artefact.Format format) {
        return artefact(actor, id, Printing.of(Printing.Shape.of(format)));
    }

    /** Decoded again and compared before it is handed out; the download is logged. */
    ArtefactOutcome artefact(Actor actor, QrCodeId id, Printing printing);

    /** How it would look, as a PNG of about {@code width} dots; never logged, because its code cannot be read. */
    ArtefactOutcome preview(Actor actor, QrCodeId id, Printing printing, int width);

    /** Who took pictures of this code away, newest first; at most 200. */
    List<Download> downloads(Actor actor, QrCodeId id);

    /** Plates in use of a store, ordered by number: for the system, which puts them on terminals' screens. */
    List<QrCode> activeCodesOf(StoreId store);

    /** Reads a scanned text. Public: whoever stands before the plate may know what it is. Forged ones never reach the database. */
    Scanned scanned(String code);

    /**
     * As {@link #scanned}, and holds the code until the transaction ends: who wants to stop it meanwhile waits until the payment
     * is booked, and after a stop no payment is. For the system, inside a transaction.
     */
    Scanned held(String code);

    /** Uses an order code up; false when somebody was quicker. For the system, inside a transaction. */
    boolean use(QrCodeId id);
}
