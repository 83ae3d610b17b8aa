package dev.zhanggui.portal.audit.internal;

import dev.zhanggui.portal.audit.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The seal: SHA-256 over the seal before, the number in the chain, and every field with its length. */
final class SealedChain {

    /** What the first seal stands on. */
    static final byte[] START = new byte[32];

    private SealedChain() {}

    static byte[] seal(byte[] previous, long seq, AuditEntry entry) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(previous);
            out.writeLong(seq);
            out.writeLong(entry.id());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
            text(out, entry.actorKind());
            out.writeLong(entry.actorId());
            text(out, entry.actorLabel());
            text(out, entry.action());
            text(out, entry.subject());
            var merchant = entry.merchant();
            text(out, merchant == null ? null : Long.toString(merchant.value()));
            text(out, entry.before());
            text(out, entry.after());
            text(out, entry.reason());
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
