package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.SubmitOutcome;
import dev.zhanggui.portal.shared.BankCard;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applications that wait on the review desk, so that its first day is not empty. */
@DemoOnly
class DemoApplications {

    private static final Logger LOG = LoggerFactory.getLogger(DemoApplications.class);

    private record Wish(String phone, Map<Field, String> fields, DocumentKind photo) {}

    private static final List<Wish> WISHES = List.of(
            wish("13712340011", "周小满", "44010619900307781", "夜市烤冷面", "STALL", "430102", "太平街夜市 14 号摊", "ESIGN_POS"),
            wish("13712340012", "何青石", "43010219850612331", "青石修车行", "SHOP", "430102", "解放东路 3 号", "SCAN_POS"),
            wish("13712340013", "罗海棠", "43010319921120662", "海棠小卖部", "SHOP", "430103", "书院路 88 号", "QR_PLATE"));

    private final DemoPeople people;
    private final Applications applications;

    DemoApplications(DemoPeople people, Applications applications) {
        this.people = people;
        this.applications = applications;
    }

    void apply() {
        for (var wish : WISHES) {
            var actor = people.person(wish.phone(), Role.APPLICANT);
            if (applications.latest(actor).isEmpty()) {
                apply(actor, wish);
            }
        }
    }

    private void apply(Actor actor, Wish wish) {
        var number = applications.start(actor).number();
        wish.fields().forEach((field, text) -> {
            var before = applications.find(actor, number).fields().get(field);
            applications.save(actor, number, field, text, before == null ? 0 : before.version());
        });
        applications.upload(actor, number, wish.photo(), picture());
        var outcome = applications.submit(actor, number);
        if (!(outcome instanceof SubmitOutcome.Submitted)) {
            LOG.warn("Demo application {} was not submitted: {}", number, outcome);
        }
    }

    private static Wish wish(
            String phone,
            String name,
            String idWithoutCheck,
            String store,
            String scene,
            String region,
            String address,
            String device) {
        return new Wish(
                phone,
                Map.ofEntries(
                        Map.entry(Field.CONTACT_PHONE, phone),
                        Map.entry(Field.KIND, "INDIVIDUAL"),
                        Map.entry(Field.LEGAL_NAME, name),
                        Map.entry(Field.RESIDENT_ID, idWithoutCheck + checkOf(idWithoutCheck)),
                        Map.entry(Field.SCENE, scene),
                        Map.entry(Field.STORE_NAME, store),
                        Map.entry(Field.INDUSTRY, scene.equals("STALL") ? "nightMarket" : "grocery"),
                        Map.entry(Field.REGION, region),
                        Map.entry(Field.ADDRESS, address),
                        Map.entry(Field.DEVICE, device),
                        Map.entry(Field.BANK_CARD, cardOf(phone))),
                scene.equals("STALL") ? DocumentKind.STALL : DocumentKind.SHOP_FRONT);
    }

    /** The check character of GB 11643 for a made-up number. */
    private static char checkOf(String seventeen) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (seventeen.charAt(i) - '0') * (1 << (17 - i)) % 11;
        }
        return "10X98765432".charAt(sum % 11);
    }

    /** A made-up debit card number with a right Luhn digit. */
    private static String cardOf(String phone) {
        var body = "6217000" + phone;
        for (int last = 0; last < 10; last++) {
            if (BankCard.check(body + last).isValid()) {
                return body + last;
            }
        }
        throw new IllegalStateException("no Luhn digit");
    }

    private static byte[] picture() {
        var image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(0xdfe6ea), 0, 900, new Color(0xb9b2a6)));
        graphics.fillRect(0, 0, 1200, 900);
        graphics.setColor(new Color(0x6d2f22));
        graphics.fillRect(150, 150, 900, 160);
        graphics.setColor(new Color(0xf3e7d3));
        graphics.fillRect(180, 330, 840, 480);
        graphics.setColor(new Color(0xaed0db));
        graphics.fillRect(240, 390, 320, 260);
        graphics.setColor(new Color(0x9a5b33));
        graphics.fillRect(640, 390, 260, 420);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
