package dev.zhanggui.conformance;

import static dev.zhanggui.conformance.Lab.require;

import dev.zhanggui.conformance.LabPortal.Call;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics.Channel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** From the box to the first word at the broker. */
final class FirstChecks {

    private static final Duration SUBACK_DELAY = Duration.ofMillis(700);
    private static final int NONCE_LETTERS = 22;
    private static final int LONGEST_KEEP_ALIVE = 300;

    private FirstChecks() {}

    static Finding signed(Lab lab) throws UnmetException, InterruptedException {
        calls(lab, 3);
        List<Call> calls = provisions(lab);
        Set<String> nonces = new HashSet<>();
        for (Call call : calls) {
            Provision.Request request = call.request();
            require(request != null, call.call() + " 读不懂", call.call() + " was not readable");
            require(call.genuine(), call.call() + " 的签名不对", "the signature of " + call.call() + " does not fit");
            require(
                    Objects.requireNonNull(request).nonce().length() == NONCE_LETTERS && nonces.add(request.nonce()),
                    "随机数长度不对或重复使用",
                    "its nonce has another length, or was used twice");
        }
        return Finding.passed("看了 " + calls.size() + " 次请求", "in " + calls.size() + " calls");
    }

    static Finding codeShown(Lab lab) throws UnmetException, InterruptedException {
        calls(lab, 1);
        if (lab.portal().isActivated()) {
            return Finding.notJudged("终端已经激活", "the terminal was activated already");
        }
        String code = lab.portal().code();
        return asked(lab, new Text("屏幕上是否显示激活码 " + code + "？", "Does the screen show the code " + code + "?"));
    }

    static Finding asked(Lab lab, Text question) throws UnmetException {
        Optional<Boolean> answer = lab.operator().sees(question);
        if (answer.isEmpty()) {
            return Finding.notJudged("没有人在场回答：" + question.zh(), "nobody was there to say: " + question.en());
        }
        require(answer.get(), "在场的人说：不是", "who stood beside it said no");
        return Finding.passed("在场的人说：是", "who stood beside it said yes");
    }

    static Finding pace(Lab lab) throws UnmetException, InterruptedException {
        calls(lab, 4);
        List<Call> calls = provisions(lab);
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < calls.size(); i++) {
            if (calls.get(i - 1).answered()) {
                shortest = Math.min(
                        shortest, calls.get(i).nanos() - calls.get(i - 1).nanos());
            }
        }
        long millis = shortest / 1_000_000;
        // A tenth for clocks and for the way.
        require(
                millis >= LabPortal.POLL_AFTER.toMillis() * 9 / 10,
                "最短间隔 " + millis + " 毫秒",
                "the shortest pause was " + millis + " ms");
        return Finding.passed("最短间隔 " + millis + " 毫秒", "the shortest pause was " + millis + " ms");
    }

    static Finding answerLost(Lab lab) throws UnmetException, InterruptedException {
        calls(lab, 1);
        if (lab.portal().isActivated()) {
            return Finding.notJudged("终端已经激活", "the terminal was activated already");
        }
        lab.activate(1);
        lab.here();
        long keys = provisions(lab).stream()
                .map(call -> call.request() == null ? "" : call.request().publicKey())
                .distinct()
                .count();
        require(keys == 1, "用了 " + keys + " 把不同的密钥", "it used " + keys + " different keys");
        return Finding.passed("丢了一次回答后又来问，密钥没变", "it asked again with the same key");
    }

    static Finding session(Lab lab) throws UnmetException, InterruptedException {
        Seen.Connect connect = connect(lab);
        require(connect.level() == 4, "协议级别是 " + connect.level(), "its protocol level was " + connect.level());
        require(connect.cleanSession(), "没有用 clean session", "it asked for a kept session");
        require(
                connect.clientId().equals(lab.tid()),
                "客户端号是 " + connect.clientId(),
                "its client id was " + connect.clientId());
        require(connect.tokenFits(), "用户名或令牌不对", "user name or token were not the ones of its activation");
        require(
                connect.keepAliveSeconds() > 0 && connect.keepAliveSeconds() <= LONGEST_KEEP_ALIVE,
                "心跳间隔 " + connect.keepAliveSeconds() + " 秒",
                "its keep-alive was " + connect.keepAliveSeconds() + " s");
        return Finding.passed(
                "MQTT 3.1.1，心跳 " + connect.keepAliveSeconds() + " 秒",
                "MQTT 3.1.1, keep-alive " + connect.keepAliveSeconds() + " s");
    }

    static Finding will(Lab lab) throws UnmetException, InterruptedException {
        Birth birth = lab.here();
        Seen.Will will = connect(lab).will();
        require(will != null, "没有遗嘱", "it had no last will");
        Objects.requireNonNull(will);
        require(
                will.topic().equals(lab.topics().of(Channel.PRESENCE)) && will.qos() == 1 && !will.retained(),
                "遗嘱在 " + will.topic() + "，QoS " + will.qos() + "，保留 " + will.retained(),
                "its will was on " + will.topic() + ", QoS " + will.qos() + ", retained " + will.retained());
        try {
            Presence presence = StrictJson.read(will.payload(), Presence.class);
            require(
                    presence.tid().equals(lab.tid())
                            && !presence.online()
                            && presence.bootId().equals(birth.bootId()),
                    "遗嘱写的是 " + presence,
                    "its will said " + presence);
        } catch (JacksonException e) {
            throw new UnmetException("遗嘱读不懂", "its will was not readable");
        }
        return Finding.passed("遗嘱正确", "its will was right");
    }

    static Finding subscribes(Lab lab) throws UnmetException, InterruptedException {
        lab.here();
        lab.broker().subackDelay(SUBACK_DELAY);
        int mark = lab.mark();
        lab.broker().hangUp();
        Seen.Subscribe subscribe = lab.await(
                mark,
                Seen.Subscribe.class,
                seen -> true,
                lab.settings().linePatience(),
                "没有订阅",
                "it did not subscribe");
        Birth birth = lab.birthSince(mark);
        List<Seen> seen = lab.broker().history().since(mark);
        Set<String> own = Set.of(lab.topics().of(Channel.MANIFEST), lab.topics().of(Channel.ANSWER));
        Set<String> wanted = seen.stream()
                .filter(Seen.Subscribe.class::isInstance)
                .filter(one -> one.connection() == subscribe.connection())
                .flatMap(one -> ((Seen.Subscribe) one).filters().keySet().stream())
                .collect(Collectors.toSet());
        require(wanted.equals(own), "订阅了 " + wanted, "it subscribed to " + wanted);
        require(
                subscribe.filters().values().stream().allMatch(qos -> qos == 1),
                "订阅的 QoS 不是 1",
                "it subscribed with another QoS than 1");
        long granted = seen.stream()
                .filter(Seen.Granted.class::isInstance)
                .mapToLong(Seen::nanos)
                .min()
                .orElse(Long.MAX_VALUE);
        long said = seen.stream()
                .filter(one -> lab.status(one)
                        .map(status -> birth.equals(status.birth()))
                        .orElse(false))
                .mapToLong(Seen::nanos)
                .min()
                .orElse(0);
        require(said >= granted, "订阅确认之前就报到了", "it said its birth before its subscription was confirmed");
        return Finding.passed("先订阅，确认后才报到", "its birth came after the confirmed subscription");
    }

    static Finding birth(Lab lab) throws UnmetException, InterruptedException {
        Birth birth = lab.here();
        String announced = provisions(lab).stream()
                .flatMap(call -> Optional.ofNullable(call.request()).stream())
                .map(Provision.Request::deviceClass)
                .findFirst()
                .orElse("");
        require(birth.tid().equals(lab.tid()), "报到的终端号不对", "it named another terminal");
        require(
                birth.deviceClass().equals(announced),
                "开通时说是 " + announced + "，报到时说是 " + birth.deviceClass(),
                "it announced itself as " + announced + " and was born as " + birth.deviceClass());
        require(
                !birth.firmware().isBlank() && !birth.bootId().isBlank(),
                "没有固件名或启动号",
                "firmware or boot id were empty");
        require(
                (birth.gen() == 0) == (birth.digest() == null) && birth.epoch() >= 0 && birth.gen() >= 0,
                "报到说正在用 " + Lab.said(birth),
                "it said that it runs " + Lab.said(birth));
        if (lab.isFresh()) {
            require(
                    birth.epoch() == 0 && birth.gen() == 0,
                    "还没有配置，却说正在用 " + Lab.said(birth),
                    "nothing was sent yet, and it said that it runs " + Lab.said(birth));
        }
        lab.await(
                0,
                seen -> lab.message(seen, Channel.PRESENCE, Presence.class)
                        .filter(presence -> presence.online()
                                && presence.tid().equals(lab.tid())
                                && presence.bootId().equals(birth.bootId())),
                lab.settings().patience(),
                "没有上报在线",
                "it did not say that it is online");
        return Finding.passed("固件 " + birth.firmware(), "firmware " + birth.firmware());
    }

    private static Seen.Connect connect(Lab lab) throws UnmetException, InterruptedException {
        lab.activate(0);
        return lab.await(
                0, Seen.Connect.class, seen -> true, lab.settings().linePatience(), "没有连接", "it did not connect");
    }

    /** So many calls have come, or it is activated anyway. */
    private static void calls(Lab lab, int wanted) throws UnmetException, InterruptedException {
        if (lab.portal().isActivated()) {
            return;
        }
        int[] count = {0};
        Optional<Call> last = lab.portal()
                .calls()
                .await(
                        0,
                        call -> isProvision(call) && ++count[0] >= wanted ? Optional.of(call) : Optional.empty(),
                        lab.settings().linePatience());
        require(last.isPresent(), "开通请求只来了 " + count[0] + " 次", "only " + count[0] + " calls to provision came");
    }

    private static List<Call> provisions(Lab lab) {
        return lab.portal().calls().since(0).stream()
                .filter(FirstChecks::isProvision)
                .toList();
    }

    private static boolean isProvision(Call call) {
        return !call.call().equals("time");
    }
}
