package dev.zhanggui.nemesis;

import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Manifests as an attacker sees and makes them. */
final class Manifests {

    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");

    private Manifests() {}

    /** What it says, whoever signed it; empty for what is none. */
    static Optional<Manifest> read(String jws) {
        try {
            byte[] payload = Base64.getUrlDecoder().decode(jws.split("\\.")[1]);
            return Optional.of(StrictJson.read(payload, Manifest.class));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    static Version version(Manifest manifest, String jws) {
        return new Version(manifest.epoch(), manifest.gen(), Wire.digest(jws));
    }

    /** Complete and well-formed, and signed by somebody else than the portal. */
    static String forged(Signer by, String tid, long epoch, long gen, Instant now) {
        return by.manifest(new Manifest(
                Wire.VERSION,
                tid,
                epoch,
                gen,
                now,
                now.plus(Duration.ofDays(7)),
                List.of(by.inline(DocumentRef.SCREEN, new ScreenDocument("evil", null, "evil", null))),
                0));
    }

    /** Something that must not get through, even what the portal itself should never have signed. */
    static byte[] malicious(Signer portal, Signer stranger, String tid, Random random) {
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"typ\":\"" + Wire.MANIFEST_TYP + "\"}";
        String payload = "{\"v\":1,\"tid\":\"" + tid + "\",\"epoch\":9,\"gen\":900,\"issuedAt\":\"" + NOW
                + "\",\"leaseUntil\":\"" + NOW.plusSeconds(600) + "\",\"documents\":[],\"reconnectSpreadMillis\":0}";
        String genuine = portal.raw(header, payload);
        String unsigned = Signer.encode(header.replace("EdDSA", "none")) + "." + Signer.encode(payload) + ".";
        List<String> corpus = List.of(
                "",
                "..",
                "null",
                "{}",
                ".".repeat(16_000),
                genuine + ".x",
                genuine + "\n",
                genuine.substring(0, genuine.length() - 4),
                genuine.replace('.', '!'),
                unsigned,
                unsigned + "AA",
                portal.raw(header.replace("{", "{\"alg\":\"none\","), payload),
                portal.raw(header.replace("EdDSA", "HS256"), payload),
                portal.raw(header.replace(Wire.MANIFEST_TYP, DocumentRef.typ(DocumentRef.HOURS)), payload),
                portal.raw(header.replace("}", ",\"crit\":[\"exp\"]}"), payload),
                portal.raw(header, payload.replace("\"v\":1", "\"v\":2")),
                portal.raw(header, payload.replace("{\"v\"", "{\"gen\":1,\"v\"")),
                portal.raw(header, payload.replace("{\"v\"", "{\"x\":" + "[".repeat(40) + "]".repeat(40) + ",\"v\"")),
                portal.raw(header, payload.replace("\"gen\":900", "\"gen\":9223372036854775808")),
                portal.raw(header, payload.replace("\"gen\":900", "\"gen\":-1")),
                portal.raw(header, payload + "{}"),
                portal.raw(header, payload + " ".repeat(20_000)),
                portal.raw(header, payload.replace(tid, "../../etc/passwd")),
                portal.raw(
                        header,
                        payload.replace(
                                "\"documents\":[]",
                                "\"documents\":[{\"kind\":\"screen\",\"digest\":\"../../x\",\"size\":9000}]")),
                portal.raw(
                        header,
                        payload.replace(
                                "\"documents\":[]",
                                "\"documents\":[{\"kind\":\"hours\",\"digest\":\"" + "A".repeat(43)
                                        + "\",\"size\":2000000000}]")),
                stranger.raw(header, payload),
                stranger.raw(header.replace("}", ",\"jwk\":{\"kty\":\"OKP\"}}"), payload));
        byte[] chosen = corpus.get(random.nextInt(corpus.size())).getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(3) == 0) {
            chosen = genuine.getBytes(StandardCharsets.ISO_8859_1);
            chosen[random.nextInt(chosen.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return chosen;
    }

    /** Something that a bridge must not stumble over. */
    static byte[] nonsense(Random random) {
        List<String> corpus = List.of(
                "",
                "null",
                "not json",
                "{\"report\":{}}",
                "{\"report\":null}",
                "{\"birth\":{},\"report\":{}}",
                "[".repeat(5_000),
                "{\"report\":{\"tid\":1}}",
                "\u0000\u0001\u0002",
                "{\"birth\":{\"tid\":\"x\",\"tid\":\"y\"}}");
        return corpus.get(random.nextInt(corpus.size())).getBytes(StandardCharsets.UTF_8);
    }
}
