package dev.zhanggui.wire;

import java.time.Instant;
import java.util.List;

/**
 * What one terminal shall run: payload of a compact JWS (header {@code alg} EdDSA, {@code kid}, {@code typ}
 * {@link Wire#MANIFEST_TYP}). It pins every document by digest, so old and new documents cannot be mixed. Always the whole state.
 *
 * @param v version of the protocol, {@link Wire#VERSION}
 * @param tid the one terminal it is for
 * @param epoch grows when the portal's history is restored from a backup; compared before {@code gen}
 * @param gen generation, grows by every change of this terminal's configuration, also by a roll-back
 * @param issuedAt moment of signing
 * @param leaseUntil after this moment the terminal calls itself stale; it keeps trading
 * @param reconnectSpreadMillis after a lost connection the terminal waits a random time up to this before its first attempt
 */
public record Manifest(
        int v,
        String tid,
        long epoch,
        long gen,
        Instant issuedAt,
        Instant leaseUntil,
        List<DocumentRef> documents,
        long reconnectSpreadMillis) {

    public Manifest {
        Wire.required(tid, "tid");
        Wire.required(issuedAt, "issuedAt");
        Wire.required(leaseUntil, "leaseUntil");
        documents = Wire.list(documents);
    }
}
