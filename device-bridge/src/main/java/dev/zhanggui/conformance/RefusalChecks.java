package dev.zhanggui.conformance;

import static dev.zhanggui.conformance.Lab.require;

import dev.zhanggui.conformance.Lab.Pushed;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Chunk;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.util.List;
import java.util.Optional;

/** What a terminal must not take. */
final class RefusalChecks {

    private static final String OTHER = "01K9ZQ4T8M3V5C7W9Y2B4D6F9J";

    private RefusalChecks() {}

    /** @param jws what is sent */
    private record Attack(String zh, String en, String jws) {}

    private static Finding refused(Lab lab, RejectCode code, List<Attack> attacks)
            throws UnmetException, InterruptedException {
        Manifest unread = lab.running().manifest();
        for (Attack attack : attacks) {
            lab.here();
            Report report = lab.outcome(lab.push(unread, attack.jws()));
            require(
                    report.stage() == Stage.REJECTED && report.code() == code.number(),
                    attack.zh() + "：上报了 " + Lab.said(report),
                    attack.en() + ": it reported " + Lab.said(report));
        }
        return Finding.passed(
                attacks.size() + " 种都以 " + code.number() + " 拒绝", attacks.size() + " refused with " + code.number());
    }

    static Finding older(Lab lab) throws UnmetException, InterruptedException {
        Manifest running = lab.running().manifest();
        return refused(
                lab,
                RejectCode.ROLLBACK,
                List.of(
                        attack(lab, "旧代数", "an older generation", Lab.EPOCH, running.gen() - 1),
                        attack(lab, "旧纪元、大代数", "an older epoch, a higher generation", Lab.EPOCH - 1, 1_000_000)));
    }

    static Finding second(Lab lab) throws UnmetException, InterruptedException {
        Manifest running = lab.running().manifest();
        return refused(
                lab,
                RejectCode.EQUIVOCATION,
                List.of(attack(lab, "同一代数、另一内容", "the same generation, other content", Lab.EPOCH, running.gen())));
    }

    private static Attack attack(Lab lab, String zh, String en, long epoch, long gen) {
        Manifest manifest = new Manifest(
                Wire.VERSION,
                lab.tid(),
                epoch,
                gen,
                lab.now(),
                lab.now().plusSeconds(3600),
                List.of(lab.documents().get(1)),
                1);
        return new Attack(zh, en, lab.signer().manifest(manifest));
    }

    static Finding otherTerminal(Lab lab) throws UnmetException, InterruptedException {
        return refused(
                lab,
                RejectCode.WRONG_TERMINAL,
                List.of(new Attack(
                        "别的终端的清单",
                        "another terminal's manifest",
                        lab.signer().sign(Wire.MANIFEST_TYP, payload(lab).replace(lab.tid(), OTHER)))));
    }

    static Finding signature(Lab lab) throws UnmetException, InterruptedException {
        String genuine = lab.signer().sign(Wire.MANIFEST_TYP, payload(lab));
        String other = lab.signer().sign(Wire.MANIFEST_TYP, payload(lab));
        String input = genuine.substring(0, genuine.lastIndexOf('.') + 1);
        char letter = genuine.charAt(genuine.length() - 40);
        String flipped = genuine.substring(0, genuine.length() - 40)
                + (letter == 'A' ? 'B' : 'A')
                + genuine.substring(genuine.length() - 39);
        Finding first = refused(
                lab,
                RejectCode.BAD_SIGNATURE,
                List.of(
                        new Attack("签名改了一个字母", "one letter of the signature changed", flipped),
                        new Attack("签名全是零", "a signature of zeros", input + "A".repeat(86)),
                        new Attack("没有签名", "no signature", input),
                        new Attack(
                                "别的清单的签名",
                                "another manifest's signature",
                                input + other.substring(other.lastIndexOf('.') + 1)),
                        new Attack(
                                "别人的密钥、同一编号",
                                "somebody else's key under the same name",
                                new LabSigner(lab.signer().verificationKey().kid())
                                        .sign(Wire.MANIFEST_TYP, payload(lab)))));
        refused(
                lab,
                RejectCode.UNKNOWN_KEY,
                List.of(new Attack(
                        "不认识的密钥", "an unknown key", new LabSigner("lab-9").sign(Wire.MANIFEST_TYP, payload(lab)))));
        return first;
    }

    static Finding algorithm(Lab lab) throws UnmetException, InterruptedException {
        LabSigner signer = lab.signer();
        String none = LabSigner.input(signer.header("none", Wire.MANIFEST_TYP), payload(lab));
        return refused(
                lab,
                RejectCode.WRONG_ALGORITHM,
                List.of(
                        new Attack("alg none", "alg none", none + ".AA"),
                        new Attack("以公钥作 HMAC 密钥", "HMAC by the public key", signer.hmacByPublicKey(payload(lab))),
                        new Attack(
                                "alg ES256",
                                "alg ES256",
                                signer.raw(signer.header("ES256", Wire.MANIFEST_TYP), payload(lab))),
                        new Attack(
                                "alg 小写",
                                "alg in small letters",
                                signer.raw(signer.header("eddsa", Wire.MANIFEST_TYP), payload(lab))),
                        new Attack(
                                "typ 是文档",
                                "typ of a document",
                                signer.sign(DocumentRef.typ(DocumentRef.HOURS), payload(lab)))));
    }

    static Finding malformed(Lab lab) throws UnmetException, InterruptedException {
        LabSigner signer = lab.signer();
        String header = signer.header("EdDSA", Wire.MANIFEST_TYP);
        String genuine = signer.sign(Wire.MANIFEST_TYP, payload(lab));
        String nest = "[".repeat(60) + "]".repeat(60);
        return refused(
                lab,
                RejectCode.MALFORMED,
                List.of(
                        new Attack("不是 JWS", "no JWS", "hello"),
                        new Attack("四段", "four parts", genuine + ".x"),
                        new Attack("末尾多一个换行", "a line end", genuine + "\n"),
                        new Attack(
                                "头里重复的键",
                                "a doubled key in the header",
                                signer.raw(header.replace("{", "{\"alg\":\"none\","), payload(lab))),
                        new Attack(
                                "crit", "crit", signer.raw(header.replace("{", "{\"crit\":[\"exp\"],"), payload(lab))),
                        new Attack(
                                "清单里重复的键",
                                "a doubled key in the manifest",
                                signer.sign(
                                        Wire.MANIFEST_TYP,
                                        payload(lab).replaceFirst("\\{", "{\"tid\":\"" + OTHER + "\","))),
                        new Attack(
                                "套了 60 层",
                                "60 levels deep",
                                signer.sign(
                                        Wire.MANIFEST_TYP, payload(lab).replaceFirst("\\{", "{\"x\":" + nest + ","))),
                        new Attack(
                                "JSON 后面还有",
                                "a tail after the JSON",
                                signer.sign(Wire.MANIFEST_TYP, payload(lab) + "{}")),
                        new Attack(
                                "缺必填字段",
                                "a field missing",
                                signer.sign(Wire.MANIFEST_TYP, "{\"v\":1,\"tid\":\"" + lab.tid() + "\"}"))));
    }

    static Finding oversized(Lab lab) throws UnmetException, InterruptedException {
        String large = lab.signer().sign(Wire.MANIFEST_TYP, payload(lab) + " ".repeat(Wire.MAX_MANIFEST_BYTES));
        DocumentRef endless =
                new DocumentRef(DocumentRef.HOURS, Wire.digest("endless"), Wire.MAX_DOCUMENT_BYTES + 1, null);
        return refused(
                lab,
                RejectCode.OVERSIZED,
                List.of(
                        new Attack("清单太大", "a manifest too large", large),
                        new Attack(
                                "引用的文档太大", "a document too large", lab.signer().manifest(lab.next(List.of(endless))))));
    }

    static Finding version(Lab lab) throws UnmetException, InterruptedException {
        return refused(
                lab,
                RejectCode.UNSUPPORTED_VERSION,
                List.of(new Attack(
                        "协议第 2 版",
                        "protocol 2",
                        lab.signer().sign(Wire.MANIFEST_TYP, payload(lab).replace("\"v\":1", "\"v\":2")))));
    }

    static Finding documents(Lab lab) throws UnmetException, InterruptedException {
        LabSigner signer = lab.signer();
        DocumentRef codes = signer.inline(DocumentRef.CODES, LabDocuments.codes());
        DocumentRef other = signer.inline(DocumentRef.CODES, LabDocuments.codes("https://zhanggui.example/q/OTHER"));
        String inline = codes.inline();
        refused(
                lab,
                RejectCode.DOCUMENT_DIGEST,
                List.of(new Attack(
                        "文档与摘要不符",
                        "a document that is not the pinned one",
                        signer.manifest(lab.next(List.of(new DocumentRef(
                                DocumentRef.CODES, other.digest(), inline == null ? 0 : inline.length(), inline)))))));
        refused(
                lab,
                RejectCode.BAD_SIGNATURE,
                List.of(new Attack(
                        "别人签的文档",
                        "a document signed by somebody else",
                        signer.manifest(lab.next(
                                List.of(new LabSigner(signer.verificationKey().kid())
                                        .inline(DocumentRef.CODES, LabDocuments.codes())))))));
        refused(
                lab,
                RejectCode.WRONG_ALGORITHM,
                List.of(new Attack(
                        "冒充另一种的文档",
                        "a document of another kind",
                        signer.manifest(lab.next(List.of(LabSigner.inline(
                                DocumentRef.HOURS,
                                signer.sign(
                                        DocumentRef.typ(DocumentRef.CODES),
                                        StrictJson.MAPPER.writeValueAsString(LabDocuments.hours(lab.now(), 0))))))))));
        return refused(
                lab,
                RejectCode.DOCUMENT_INVALID,
                List.of(
                        new Attack(
                                "没有任何时刻的营业时间",
                                "hours without a single transition",
                                signer.manifest(lab.next(
                                        List.of(signer.inline(DocumentRef.HOURS, LabDocuments.noHours(lab.now())))))),
                        new Attack(
                                "打不开的码",
                                "a code that no phone can open",
                                signer.manifest(lab.next(List.of(signer.inline(
                                        DocumentRef.CODES, LabDocuments.codes("javascript:alert(1)"))))))));
    }

    static Finding missing(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        DocumentRef nowhere = new DocumentRef(DocumentRef.SCREEN, Wire.digest("nowhere " + lab.gen()), 700, null);
        Pushed pushed = lab.push(lab.next(List.of(nowhere)));
        Report report = lab.await(
                pushed.mark(),
                seen -> lab.reportOn(pushed, seen)
                        .filter(one -> one.stage() != Stage.RECEIVED && one.stage() != Stage.VERIFIED),
                lab.settings().linePatience(),
                "等不到文档也不放弃",
                "it never gave up waiting for the document");
        require(
                report.stage() == Stage.REJECTED
                        && (report.code() == RejectCode.DOCUMENT_MISSING.number()
                                || report.code() == RejectCode.DOCUMENT_UNFINISHED.number()),
                "上报了 " + Lab.said(report),
                "it reported " + Lab.said(report));
        long questions = lab.broker().history().since(pushed.mark()).stream()
                .filter(seen -> lab.message(seen, Channel.QUERY, Query.class).isPresent())
                .count();
        require(questions > 1, "只问了一次", "it asked only once");
        return Finding.passed("问了 " + questions + " 次后放弃", "it gave up after " + questions + " questions");
    }

    static Finding endless(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        int size = 3 * Wire.CHUNK_BYTES;
        String digest = Wire.digest("endless " + lab.gen());
        Pushed pushed = lab.push(lab.next(List.of(new DocumentRef(DocumentRef.HOURS, digest, size, null))));
        int mark = pushed.mark();
        String data = "A".repeat(Wire.CHUNK_BYTES);
        Optional<Report> last = Optional.empty();
        for (int i = 0; i < 8 && last.isEmpty(); i++) {
            int answered = mark;
            Optional<Object> next = lab.broker()
                    .history()
                    .await(
                            answered,
                            seen -> lab.reportOn(pushed, seen)
                                    .filter(report -> report.stage() == Stage.REJECTED)
                                    .<Object>map(report -> report)
                                    .or(() -> lab.message(seen, Channel.QUERY, Query.class)),
                            lab.settings().patience());
            if (next.isEmpty() || next.get() instanceof Report) {
                last = next.map(Report.class::cast);
                break;
            }
            Integer offset = ((Query) next.get()).offset();
            mark = lab.mark();
            // Whatever it asks for, there is always more.
            int from = offset == null ? 0 : offset;
            lab.answer(new Answer(lab.tid(), List.of(), List.of(new Chunk(digest, from, size + 100_000, data))));
        }
        require(
                last.isPresent()
                        && (last.get().code() == RejectCode.DOCUMENT_UNFINISHED.number()
                                || last.get().code() == RejectCode.DOCUMENT_DIGEST.number()),
                "没完没了的文档：" + last.map(Lab::said).orElse("没有放弃"),
                "an endless document: " + last.map(Lab::said).orElse("it did not give up"));
        return Finding.passed("放弃了", "it gave up");
    }

    static Finding runsOn(Lab lab) throws UnmetException, InterruptedException {
        Pushed running = lab.running();
        refused(lab, RejectCode.MALFORMED, List.of(new Attack("不是 JWS", "no JWS", "hello again")));
        Birth birth = lab.back();
        require(
                running.digest().equals(birth.digest()),
                "拒绝之后报到说正在用 " + Lab.said(birth),
                "after refusals its birth said " + Lab.said(birth));
        lab.applied(lab.push(lab.next(lab.documents())));
        return Finding.passed("照用原来的，下一份好的也收", "it ran on, and took the next good one");
    }

    private static String payload(Lab lab) {
        return StrictJson.MAPPER.writeValueAsString(lab.next(List.of()));
    }
}
