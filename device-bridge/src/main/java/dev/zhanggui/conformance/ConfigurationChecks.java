package dev.zhanggui.conformance;

import static dev.zhanggui.conformance.Lab.require;

import dev.zhanggui.conformance.Lab.Pushed;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What becomes of configurations that are genuine. */
final class ConfigurationChecks {

    /** No answer within this time is the proof that it waits for what it was not given. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private static final int FAR = 3653;

    private ConfigurationChecks() {}

    static Finding inline(Lab lab) throws UnmetException, InterruptedException {
        lab.here();
        Pushed pushed = lab.push(lab.next(lab.documents()));
        Report report = lab.applied(pushed);
        lab.await(
                pushed.mark(),
                Seen.Acknowledged.class,
                seen -> true,
                lab.settings().patience(),
                "没有确认收到下发的消息",
                "it did not acknowledge the message");
        return Finding.passed("上报了 " + Lab.said(report), "it reported " + Lab.said(report));
    }

    static Finding stays(Lab lab) throws UnmetException, InterruptedException {
        Pushed running = lab.running();
        runs(lab.back(), running);
        return Finding.passed("断线重连后报到的正是它", "its next birth named it");
    }

    /** What the terminal says it runs is this. */
    private static void runs(Birth birth, Pushed wanted) throws UnmetException {
        require(
                birth.epoch() == wanted.manifest().epoch()
                        && birth.gen() == wanted.manifest().gen()
                        && wanted.digest().equals(birth.digest()),
                "报到说正在用 " + Lab.said(birth) + "，应为 " + wanted.manifest().gen(),
                "its birth said " + Lab.said(birth) + " instead of generation "
                        + wanted.manifest().gen());
    }

    static Finding asks(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        // As many transitions as fit in one answer.
        String jws = document(lab, 12);
        Pushed pushed = lab.push(lab.next(List.of(reference(jws))));
        Query query = lab.query(pushed.mark(), asked -> asked.digests().contains(Wire.digest(jws)));
        require(query.tid().equals(lab.tid()), "以别的终端的名义来要", "it asked in another terminal's name");
        require(
                lab.nothing(
                        pushed.mark(),
                        seen -> lab.reportOn(pushed, seen)
                                .filter(report -> report.stage() == Stage.APPLIED)
                                .isPresent(),
                        A_MOMENT),
                "文档还没给就上报已生效",
                "it reported APPLIED before it had the document");
        lab.answer(new Answer(lab.tid(), List.of(new SignedDocument(Wire.digest(jws), jws)), List.of()));
        lab.applied(pushed);
        return Finding.passed("来要了，给了之后才生效", "it asked, and applied it after the answer");
    }

    static Finding pieces(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        String jws = document(lab, 200);
        String digest = Wire.digest(jws);
        Manifest manifest = lab.next(List.of(reference(jws)));
        Pushed pushed = lab.push(manifest);
        for (int piece = 0; piece < 2; piece++) {
            int offset = piece * Wire.CHUNK_BYTES;
            piece(lab, pushed, digest, offset);
            lab.piece(jws, offset);
        }
        piece(lab, pushed, digest, 2 * Wire.CHUNK_BYTES);
        lab.back();
        Pushed again = lab.push(manifest, pushed.jws());
        Query resumed = lab.query(again.mark(), query -> query.digests().contains(digest));
        require(
                resumed.offset() != null && resumed.offset() == 2 * Wire.CHUNK_BYTES,
                "断线后从 " + resumed.offset() + " 字节重新要",
                "after the line was cut it asked from byte " + resumed.offset());
        for (int offset = 2 * Wire.CHUNK_BYTES; offset < jws.length(); offset += Wire.CHUNK_BYTES) {
            piece(lab, again, digest, offset);
            lab.piece(jws, offset);
        }
        lab.applied(again);
        return Finding.passed(jws.length() + " 字节，断线后接着取", jws.length() + " bytes, resumed after a cut line");
    }

    private static void piece(Lab lab, Pushed pushed, String digest, int offset)
            throws UnmetException, InterruptedException {
        Query query = lab.query(
                pushed.mark(),
                asked -> asked.digests().contains(digest) && (asked.offset() == null || asked.offset() >= offset));
        require(
                query.offset() != null
                        && query.offset() == offset
                        && query.digests().size() == 1
                        && Objects.requireNonNullElse(query.length(), Wire.CHUNK_BYTES) <= Wire.CHUNK_BYTES,
                "要的是 " + query,
                "it asked " + query);
    }

    static Finding duplicates(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        String jws = document(lab, 13);
        Pushed pushed = lab.push(lab.next(List.of(reference(jws))));
        lab.query(pushed.mark(), query -> query.digests().contains(Wire.digest(jws)));
        lab.answer(new Answer(lab.tid(), List.of(new SignedDocument(Wire.digest(jws), jws)), List.of()));
        lab.applied(pushed);
        int mark = lab.mark();
        String topic = lab.topics().of(Channel.MANIFEST);
        byte[] bytes = pushed.jws().getBytes(StandardCharsets.ISO_8859_1);
        lab.broker().publish(topic, bytes, true);
        lab.broker().publish(topic, bytes);
        lab.broker().publish(topic, bytes);
        boolean calm = lab.nothing(
                mark,
                seen -> seen instanceof Seen.Closed
                        || lab.message(seen, Channel.QUERY, Query.class).isPresent()
                        || lab.reportOn(pushed, seen)
                                .filter(report -> report.stage() != Stage.APPLIED)
                                .isPresent(),
                A_MOMENT.multipliedBy(2));
        require(calm, "收到重复后又去取文档、拒绝或断开", "at a copy it asked again, refused, or went away");
        runs(lab.back(), pushed);
        return Finding.passed("三份重复没有引起任何动作", "three copies changed nothing");
    }

    static Finding newer(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        DocumentRef unknown = new DocumentRef("holograms", Wire.digest("x"), 400, null);
        Manifest manifest = lab.next(List.of(lab.documents().getFirst(), unknown));
        String payload =
                StrictJson.MAPPER.writeValueAsString(manifest).replaceFirst("\\{", "{\"later\":{\"than\":[\"this\"]},");
        lab.applied(lab.push(manifest, lab.signer().sign(Wire.MANIFEST_TYP, payload)));
        return Finding.passed("不认识的字段和文档种类被跳过", "it left out what it does not know");
    }

    static Finding lease(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        Instant until = lab.now().plus(A_MOMENT);
        Pushed pushed = lab.push(lab.manifest(lab.nextGen(), lab.now(), until, lab.documents(), 0));
        lab.applied(pushed);
        boolean calm = lab.nothing(
                pushed.mark(),
                seen -> seen instanceof Seen.Closed
                        || lab.reportOn(pushed, seen)
                                .filter(report -> report.stage() != Stage.APPLIED)
                                .isPresent(),
                A_MOMENT.multipliedBy(3));
        require(calm, "租期一到就放弃了配置或断开", "when the lease ended it gave up the configuration or went away");
        runs(lab.back(), pushed);
        return Finding.passed("租期过后照用", "it ran on after the lease");
    }

    static Finding leaseShown(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        if (lab.operator() == Operator.NOBODY) {
            return FirstChecks.asked(lab, LEASE_QUESTION);
        }
        lab.applied(lab.push(lab.manifest(lab.nextGen(), lab.now(), lab.now().minusSeconds(60), lab.documents(), 0)));
        return FirstChecks.asked(lab, LEASE_QUESTION);
    }

    private static final Text LEASE_QUESTION =
            new Text("配置的租期已过。终端是否还能收款？", "The lease has run out. Does the terminal still take payments?");

    static Finding clock(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        for (int days : new int[] {FAR, -FAR}) {
            Instant then = lab.now().plus(days, ChronoUnit.DAYS);
            Report report = lab.outcome(
                    lab.push(lab.manifest(lab.nextGen(), then, then.plus(7, ChronoUnit.DAYS), lab.documents(), 0)));
            require(
                    report.stage() == Stage.APPLIED,
                    "签发时间相差 " + days + " 天的配置：" + Lab.said(report),
                    "signed " + days + " days off its clock: " + Lab.said(report));
        }
        lab.applied(lab.push(lab.next(lab.documents())));
        return Finding.passed("时钟差十年也照用", "ten years off changed nothing");
    }

    static Finding rollsBack(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        Pushed good = lab.push(lab.next(lab.documents()));
        lab.applied(good);
        lab.nothing(good.mark(), seen -> false, lab.settings().soak());
        String poison = lab.settings().poison();
        List<DocumentRef> documents = List.of(
                lab.signer()
                        .inline(
                                DocumentRef.HOURS,
                                poison == null
                                        ? LabDocuments.endlessHours(lab.now())
                                        : LabDocuments.hours(lab.now(), 0)),
                lab.signer().inline(DocumentRef.SCREEN, LabDocuments.screen(poison)));
        Pushed pushed = lab.push(lab.next(documents));
        Report report = lab.outcome(pushed);
        if (poison == null && report.stage() != Stage.ROLLED_BACK) {
            if (report.stage() == Stage.APPLIED) {
                lab.applied(lab.push(lab.next(lab.documents())));
            }
            return Finding.notJudged(
                    "没有能让它自检失败的内容（--poison）：" + Lab.said(report),
                    "nothing was known that makes its self-test fail (--poison): " + Lab.said(report));
        }
        if (report.stage() == Stage.APPLIED) {
            report = lab.report(pushed, later -> later.stage() == Stage.ROLLED_BACK, "用坏的配置没有退回", "it did not go back");
        }
        require(
                report.stage() == Stage.ROLLED_BACK
                        && (report.code() == RejectCode.SELF_TEST.number()
                                || report.code() == RejectCode.SOAK.number()),
                "上报了 " + Lab.said(report),
                "it reported " + Lab.said(report));
        runs(lab.back(), good);
        Report second = lab.outcome(lab.push(pushed.manifest(), pushed.jws()));
        require(
                second.code() == RejectCode.QUARANTINED.number(),
                "同一份坏配置再来，上报了 " + Lab.said(second),
                "when the same came again it reported " + Lab.said(second));
        lab.applied(lab.push(lab.next(lab.documents())));
        return Finding.passed("退回上一份好的，坏的不再试", "back to the last good one, and the bad one is not tried again");
    }

    static Finding powerCut(Lab lab) throws UnmetException, InterruptedException {
        Pushed good = lab.running();
        lab.nothing(lab.mark(), seen -> false, lab.settings().soak());
        Birth before = lab.here();
        String jws = document(lab, 120);
        Pushed fetching = lab.push(lab.next(List.of(reference(jws))));
        piece(lab, fetching, Wire.digest(jws), 0);
        lab.piece(jws, 0);
        int mark = lab.mark();
        if (!lab.power().cut()) {
            return Finding.notJudged(
                    "没有办法断电（--power，或有人在场）", "there was no way to cut the power (--power, or somebody beside it)");
        }
        Birth after = restarted(lab, mark, before);
        runs(after, good);
        Pushed next = lab.push(lab.next(lab.documents()));
        int second = lab.mark();
        lab.power().cut();
        Birth last = restarted(lab, second, after);
        if (!next.digest().equals(last.digest())) {
            runs(last, good);
        }
        lab.applied(lab.push(lab.next(lab.documents())));
        return Finding.passed(
                "取文档时和生效时断电都回到一份完整的配置", "after a cut while fetching and while applying it ran a whole one");
    }

    private static Birth restarted(Lab lab, int mark, Birth before) throws UnmetException, InterruptedException {
        Birth after = lab.birthSince(mark);
        require(!after.bootId().equals(before.bootId()), "重启后启动号没变", "after the restart its boot id was the same");
        return after;
    }

    /** Over all that was seen. */
    static Finding order(Lab lab) throws UnmetException {
        Map<String, Stage> stages = new HashMap<>();
        String boot = "";
        long seq = 0;
        int count = 0;
        for (Seen seen : lab.broker().history().since(0)) {
            Status status = lab.status(seen).orElse(null);
            Birth birth = status == null ? null : status.birth();
            Report report = status == null ? null : status.report();
            if (birth != null && !birth.bootId().equals(boot)) {
                boot = birth.bootId();
                seq = 0;
            }
            if (report != null && !((Seen.Publish) seen).duplicate()) {
                count++;
                require(
                        report.seq() > seq,
                        "序号 " + report.seq() + " 跟在 " + seq + " 之后",
                        "number " + report.seq() + " came after " + seq);
                seq = report.seq();
                Stage known = stages.get(report.digest());
                boolean back = known == Stage.APPLIED
                        && (report.stage() == Stage.RECEIVED || report.stage() == Stage.VERIFIED);
                require(!back, known + " 之后又报 " + report.stage(), report.stage() + " came after " + known);
                stages.put(report.digest(), report.stage());
            }
        }
        return count == 0
                ? Finding.notJudged("没有任何上报", "there was no report")
                : Finding.passed(count + " 条上报顺序正确", count + " reports were in order");
    }

    /** Over all that was seen. */
    static Finding topics(Lab lab) throws UnmetException {
        Set<String> own = Set.of(
                lab.topics().of(Channel.STATUS),
                lab.topics().of(Channel.QUERY),
                lab.topics().of(Channel.PRESENCE));
        Set<String> used = new HashSet<>();
        for (Seen seen : lab.broker().history().since(0)) {
            require(!(seen instanceof Seen.Unreadable), "发来了不该有的 MQTT 报文", "it sent MQTT that has no place here");
            if (seen instanceof Seen.Publish publish) {
                used.add(publish.topic());
                require(
                        own.contains(publish.topic()) && publish.qos() == 1 && !publish.retained(),
                        "发在 " + publish.topic() + "，QoS " + publish.qos() + "，保留 " + publish.retained(),
                        "it published on " + publish.topic() + ", QoS " + publish.qos() + ", retained "
                                + publish.retained());
            }
        }
        return used.isEmpty()
                ? Finding.notJudged("什么都没有发", "it published nothing")
                : Finding.passed("只用了自己的主题", "it used its own topics only");
    }

    private static String document(Lab lab, int transitions) {
        return lab.signer()
                .sign(
                        DocumentRef.typ(DocumentRef.HOURS),
                        StrictJson.MAPPER.writeValueAsString(LabDocuments.hours(lab.now(), transitions)));
    }

    private static DocumentRef reference(String jws) {
        return new DocumentRef(DocumentRef.HOURS, Wire.digest(jws), jws.length(), null);
    }
}
