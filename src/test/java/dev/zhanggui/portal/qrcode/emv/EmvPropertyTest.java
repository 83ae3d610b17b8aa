package dev.zhanggui.portal.qrcode.emv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random payloads come back as they were; whatever else is read writes itself to the same bytes. */
class EmvPropertyTest {

    private static final int ROUNDS = 400;
    private static final String ASCII =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    private static final String WIDE = "巷口牛肉面解放路店éñß한글ひらがな\u20bb";
    private static final String[] RARE = {"\ud842\udfb7", "\ud83c\udf5c", "\u4dae"};

    @RepeatedTest(5)
    void whatIsWrittenIsReadAsTheSamePayload(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < ROUNDS; round++) {
            var payload = new EmvPayload(objects(random));
            var text = payload.text();

            assertThat(EmvPayload.read(text)).as(text).isInstanceOfSatisfying(EmvReading.Read.class, read -> {
                assertThat(read.payload()).isEqualTo(payload);
                assertThat(read.payload().text()).isEqualTo(text);
                readEverything(read.payload());
            });
        }
    }

    @RepeatedTest(5)
    void anyOneCharacterChangedLostAddedOrSwappedIsRefused(RepetitionInfo repetition) {
        var random = new Random(100 + repetition.getCurrentRepetition());
        for (int round = 0; round < 20; round++) {
            var text = new EmvPayload(objects(random)).text();
            for (int i = 0; i < text.length(); i++) {
                var changed = new StringBuilder(text);
                char other = ASCII.charAt(random.nextInt(ASCII.length()));
                if (other == text.charAt(i)) {
                    continue;
                }
                changed.setCharAt(i, other);
                assertRefused(changed.toString());
                assertRefused(new StringBuilder(text).deleteCharAt(i).toString());
                assertRefused(new StringBuilder(text).insert(i, other).toString());
                if (i > 0 && text.charAt(i) != text.charAt(i - 1)) {
                    var swapped = new StringBuilder(text);
                    swapped.setCharAt(i, text.charAt(i - 1));
                    swapped.setCharAt(i - 1, text.charAt(i));
                    assertRefused(swapped.toString());
                }
            }
        }
    }

    @RepeatedTest(5)
    void rubbishNeverThrowsAndWhatIsAcceptedWritesItselfToTheSameBytes(RepetitionInfo repetition) {
        var random = new Random(200 + repetition.getCurrentRepetition());
        int accepted = 0;
        for (int round = 0; round < ROUNDS * 10; round++) {
            var text = rubbish(random);
            switch (EmvPayload.read(text)) {
                case EmvReading.Read(var payload, var remarks) -> {
                    accepted++;
                    assertThat(payload.text().getBytes(StandardCharsets.UTF_8))
                            .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
                    readEverything(payload);
                }
                case EmvReading.Refused(var errors) -> {
                    assertThat(errors).isNotEmpty();
                    assertThat(errors)
                            .allSatisfy(error -> assertThat(error.position()).isBetween(0, text.length()));
                }
            }
        }
        assertThat(accepted).as("the fuzzer gets beyond the checksum").isPositive();
    }

    private static void assertRefused(String text) {
        if (EmvPayload.read(text) instanceof EmvReading.Read) {
            fail(text);
        }
    }

    /** None of it may throw on a payload that was accepted. */
    private static void readEverything(EmvPayload payload) {
        assertThat(payload.accounts()).isNotEmpty();
        assertThat(payload.name()).isNotEmpty();
        assertThat(payload.city()).isNotEmpty();
        assertThat(payload.country()).hasSize(2);
        assertThat(payload.merchantCategory()).hasSize(4);
        assertThat(payload.currency().getNumericCode()).isPositive();
        payload.amount().ifPresent(it -> assertThat(it).isPositive());
        assertThat(payload.fee()).isNotNull();
        payload.pointOfInitiation();
        payload.postalCode();
        payload.additionalData();
        payload.alternateName();
        payload.reserved();
        payload.unreserved();
    }

    /** A payload with a few wounds, half of them with a checksum that hides them. */
    private static String rubbish(Random random) {
        if (random.nextInt(10) == 0) {
            return text(random, random.nextInt(600), true);
        }
        var text = new StringBuilder(DataObject.text(objects(random)));
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, text(random, 1 + random.nextInt(3), true));
                case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                default -> text.setLength(at);
            }
        }
        text.append("6304");
        return random.nextInt(4) == 0 ? text + text(random, 4, false) : text + Crc16.of(text.toString());
    }

    private static List<DataObject> objects(Random random) {
        var objects = new ArrayList<DataObject>();
        if (random.nextBoolean()) {
            objects.add(new DataObject("01", random.nextBoolean() ? "11" : "12"));
        }
        objects.add(new DataObject(id(2 + random.nextInt(24)), text(random, 1 + random.nextInt(40), false)));
        if (random.nextBoolean()) {
            objects.add(template(random, id(26 + random.nextInt(26)), 40));
        }
        objects.add(new DataObject("52", digits(random, 4)));
        objects.add(new DataObject("53", pick(random, "156", "840", "392", "978", "344")));
        if (random.nextBoolean()) {
            objects.add(new DataObject("54", amount(random)));
        }
        switch (random.nextInt(4)) {
            case 0 -> objects.add(new DataObject("55", "01"));
            case 1 -> {
                objects.add(new DataObject("55", "02"));
                objects.add(new DataObject("56", amount(random)));
            }
            case 2 -> {
                objects.add(new DataObject("55", "03"));
                objects.add(new DataObject("57", pick(random, "00.01", "99.99", "3", "3.", "1.5")));
            }
            default -> {}
        }
        objects.add(new DataObject("58", pick(random, "CN", "HK", "SG", "AQ")));
        objects.add(new DataObject("59", text(random, 1 + random.nextInt(25), false)));
        objects.add(new DataObject("60", text(random, 1 + random.nextInt(15), false)));
        if (random.nextBoolean()) {
            objects.add(new DataObject("61", text(random, 1 + random.nextInt(10), false)));
        }
        if (random.nextBoolean()) {
            objects.add(additional(random));
        }
        if (random.nextBoolean()) {
            objects.add(DataObject.template(
                    "64",
                    shuffled(
                            random,
                            List.of(
                                    new DataObject("00", pick(random, "ZH", "zh", "FR")),
                                    new DataObject("01", text(random, 1 + random.nextInt(25), true)),
                                    new DataObject("02", text(random, 1 + random.nextInt(15), true))))));
        }
        if (random.nextInt(4) == 0) {
            objects.add(new DataObject(id(65 + random.nextInt(15)), text(random, 1 + random.nextInt(20), true)));
        }
        if (random.nextBoolean()) {
            objects.add(template(random, id(80 + random.nextInt(20)), 20));
        }
        var shuffled = shuffled(random, objects);
        shuffled.addFirst(new DataObject("00", "01"));
        return shuffled;
    }

    private static DataObject additional(Random random) {
        var inside = new ArrayList<DataObject>();
        inside.add(new DataObject(id(1 + random.nextInt(4)), text(random, 1 + random.nextInt(25), false)));
        inside.add(new DataObject(id(5 + random.nextInt(4)), "***"));
        if (random.nextBoolean()) {
            inside.add(new DataObject("09", pick(random, "A", "ME", "EMA")));
        }
        if (random.nextBoolean()) {
            inside.add(template(random, id(50 + random.nextInt(50)), 8));
        }
        return DataObject.template("62", shuffled(random, inside));
    }

    private static DataObject template(Random random, String id, int most) {
        return DataObject.template(
                id,
                shuffled(
                        random,
                        List.of(
                                new DataObject("00", pick(random, "cn.example", "A000000004", "br.gov.bcb.pix")),
                                new DataObject(
                                        id(1 + random.nextInt(99)), text(random, 1 + random.nextInt(most), true)))));
    }

    private static String amount(Random random) {
        return pick(random, "0.01", "98", "98.", "98.73", "1" + digits(random, 9) + ".5", "007.10");
    }

    private static String text(Random random, int length, boolean wide) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            if (!wide || random.nextInt(3) > 0) {
                text.append(ASCII.charAt(random.nextInt(ASCII.length())));
            } else if (random.nextInt(8) == 0) {
                text.append(RARE[random.nextInt(RARE.length)]);
            } else {
                text.append(WIDE.charAt(random.nextInt(WIDE.length())));
            }
        }
        return text.toString();
    }

    private static String digits(Random random, int length) {
        var digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static String id(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }

    private static List<DataObject> shuffled(Random random, List<DataObject> objects) {
        var shuffled = new ArrayList<>(objects);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
