package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.tradinghours.PublicNotice;
import dev.zhanggui.portal.tradinghours.PublicNotice.Paper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The poster for the door, as somebody who prints it and somebody who scans it meet it. */
class DoorPosterTest extends ScannedStoreTest {

    @Autowired
    private PublicNotice notice;

    @Autowired
    private Storefronts storefronts;

    @Autowired
    private Access access;

    @Autowired
    private AuditTrail trail;

    @BeforeEach
    void aRichWeek() {
        setHours("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["11:00-14:00","16:30-22:00"],"tue":["11:00-14:00","16:30-22:00"],
                "wed":["11:00-14:00","16:30-22:00"],"thu":["11:00-14:00","16:30-22:00"],"fri":["11:00-14:00","16:30-02:00"],
                "sat":["09:00-02:00"],"sun":[]},"dayKinds":{"holiday":[]},
                "dates":[{"from":"2026-03-19","to":"2026-03-20","periods":["10:00-12:00"],"reason":"店里盘点"}],
                "outside":{"policy":"ALLOW_CAPPED","capFen":20000}}
                """);
    }

    @ParameterizedTest
    @EnumSource(Paper.class)
    void it_says_the_hours_in_words_and_as_a_table_and_its_code_leads_to_the_page(Paper paper) throws Exception {
        var poster =
                notice.poster(owner, store, paper, Locale.SIMPLIFIED_CHINESE).orElseThrow();

        assertThat(poster.fileName()).isEqualTo("hours-" + paper.name().toLowerCase(Locale.ROOT) + "-zh.pdf");
        assertThat(text(poster))
                .contains("巷口 <牛肉面> & 'Co'", "周一到周四 11 点开门", "星期六", "09:00-次日 02:00", "星期日", "休息")
                .contains("3 月 19-20 日 店里盘点", "4 月 4-6 日 清明节")
                .contains("扫码付款每笔 ¥200 以内", "现金随时可以付给店员", "第 2 版", "2026年3月16日打印")
                .doesNotContain("王小明", "测试人");
        assertThat(read(picture(poster)))
                .isEqualTo(storefronts.address(merchants.store(owner, store).publicId()));
    }

    @Test
    void it_speaks_english_too_and_has_the_size_of_its_paper() throws IOException {
        var poster = notice.poster(owner, store, Paper.A5, Locale.ENGLISH).orElseThrow();

        assertThat(text(poster))
                .contains("Lane Corner Noodles", "Saturday", "Labour Day", "Cash to the clerk is always fine")
                .doesNotContain("营业时间");
        try (var document = Loader.loadPDF(poster.content())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(419f, 420f);
            assertThat(document.getPage(0).getMediaBox().getHeight()).isBetween(595f, 596f);
        }
    }

    @Test
    void a_store_without_hours_says_so() throws IOException {
        setHours("{\"zone\":\"Asia/Shanghai\",\"weekly\":{},\"outside\":{\"policy\":\"DENY\"}}");
        assertThat(text(notice.poster(owner, store, Paper.A4, Locale.SIMPLIFIED_CHINESE)
                        .orElseThrow()))
                .contains("还没有定营业时间");
    }

    @Test
    void a_cashier_may_take_it_a_stranger_finds_no_store_and_every_download_is_on_record() {
        var cashier = person();
        access.grant(SYSTEM, cashier.accountId(), merchants.store(owner, store).merchantId(), Role.CASHIER);

        assertThat(notice.poster(cashier, store, Paper.A4, Locale.SIMPLIFIED_CHINESE))
                .isPresent();
        assertThatThrownBy(() -> notice.poster(person(), store, Paper.A4, Locale.ENGLISH))
                .isInstanceOf(NotFoundException.class);

        var auditor = Actor.staffKey(1, "审计", Set.of(Role.AUDITOR));
        var query = new AuditQuery(store.toString(), null, "poster.downloaded", null, null);
        assertThat(trail.page(auditor, query, null, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.after()).contains("A4", "zh"));
    }

    private static String text(PublicNotice.Poster poster) throws IOException {
        try (var document = Loader.loadPDF(poster.content())) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static BufferedImage picture(PublicNotice.Poster poster) throws IOException {
        try (var document = Loader.loadPDF(poster.content())) {
            return new PDFRenderer(document).renderImageWithDPI(0, 150);
        }
    }

    /** One way of looking misses about one symbol in a thousand, whatever it says: as a phone does, this looks again. */
    private static String read(BufferedImage picture) throws com.google.zxing.NotFoundException {
        var source = new BufferedImageLuminanceSource(picture);
        var harder = Map.of(DecodeHintType.TRY_HARDER, true);
        for (var light : List.of(new HybridBinarizer(source), new GlobalHistogramBinarizer(source))) {
            for (var hints : List.of(Map.<DecodeHintType, Object>of(), harder)) {
                try {
                    return new QRCodeReader()
                            .decode(new BinaryBitmap(light), hints)
                            .getText();
                } catch (ReaderException e) {
                    // Another look, then.
                }
            }
        }
        return new QRCodeMultiReader()
                .decodeMultiple(new BinaryBitmap(new HybridBinarizer(source)), harder)[0].getText();
    }
}
