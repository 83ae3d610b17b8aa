package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.util.List;

/**
 * The codes of stores. Members may see them; OWNER and MANAGER may issue, download and revoke. Another merchant's store or code
 * meets {@link dev.zhanggui.portal.shared.NotFoundException}, too low a role
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface QrCodes {

    /** What fits under the code of a plate. */
    int PLACE_MOST = 20;

    /** Issues a store code; audited, and published as {@link CodesChanged}. */
    IssueOutcome issue(Actor actor, StoreId store, String place);

    /** All codes of a store, revoked ones too, ordered by number; at most 2,000. */
    List<QrCode> list(Actor actor, StoreId store);

    QrCode get(Actor actor, QrCodeId id);

    QrCode byCode(Actor actor, String code);

    /**
     * Stops a code for good: from the answer on no scan of it is accepted, and terminals drop it.
     *
     * @param note in the actor's own words, may be empty
     */
    RevokeOutcome revoke(Actor actor, QrCodeId id, RevocationReason reason, String note);

    /** A picture, decoded again and compared before it is handed out; the download is logged. */
    ArtefactOutcome artefact(Actor actor, QrCodeId id, Artefact.Format format);

    /** Who took pictures of this code away, newest first; at most 200. */
    List<Download> downloads(Actor actor, QrCodeId id);

    /** Codes in use of a store, ordered by number: for the system, which puts them on terminals' screens. */
    List<QrCode> activeCodesOf(StoreId store);

    /** Reads a scanned text. Public: whoever stands before the plate may know what it is. Forged ones never reach the database. */
    Scanned scanned(String code);
}
