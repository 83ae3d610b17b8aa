package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.zhanggui.portal.qrcode.CodePicture;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.uikit.Meaning;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;

/** The photo as it was taken, with a frame around each code in the colour of what it means, and a word beside it. */
final class CodePhotoStage extends Div {

    /** The drawing's own width: frames and words are measured in it, whatever the photo's size is. */
    private static final double WIDTH = 360;

    private static final double TAG_HEIGHT = 26;
    private static final double TAG_FONT = 13;
    private static final double RIM = 6;

    /** A frame's colour and its word. */
    record Mark(FoundCode at, Meaning meaning, String word) {}

    CodePhotoStage(CodePicture picture, List<Mark> marks) {
        addClassName("zg-code-photo");
        var source = DownloadHandler.fromInputStream(event -> new DownloadResponse(
                new ByteArrayInputStream(picture.jpeg()), "photo.jpg", "image/jpeg", picture.jpeg().length));
        var image = new Image(source, getTranslation("codes.check.photo", marks.size()));
        double height = WIDTH * picture.height() / picture.width();
        var frames = new StringBuilder();
        marks.forEach(mark -> frames.append(draw(mark, height)));
        var svg =
                new Svg("<svg viewBox=\"0 0 360 %s\" aria-hidden=\"true\">%s</svg>".formatted(number(height), frames));
        add(image, svg);
    }

    private static String draw(Mark mark, double height) {
        double left = Math.max(3, mark.at().x() * WIDTH - RIM);
        double top = Math.max(3, mark.at().y() * height - RIM);
        double right = Math.min(WIDTH - 3, (mark.at().x() + mark.at().width()) * WIDTH + RIM);
        double bottom = Math.min(height - 3, (mark.at().y() + mark.at().height()) * height + RIM);
        double arm = Math.min(right - left, bottom - top) * 0.22;
        var corners = "M%1$s %5$sV%2$sH%6$sM%7$s %2$sH%3$sV%5$sM%3$s %8$sV%4$sH%7$sM%6$s %4$sH%1$sV%8$s"
                .formatted(
                        number(left),
                        number(top),
                        number(right),
                        number(bottom),
                        number(top + arm),
                        number(left + arm),
                        number(right - arm),
                        number(bottom - arm));
        double width = wide(mark.word()) + 20;
        double tagLeft = Math.clamp((left + right - width) / 2, 3, Math.max(3, WIDTH - width - 3));
        // Under the frame, above it where the photo ends, else within it.
        double tagTop = bottom + 8 + TAG_HEIGHT <= height
                ? bottom + 8
                : top - 8 - TAG_HEIGHT >= 0 ? top - 8 - TAG_HEIGHT : bottom - 8 - TAG_HEIGHT;
        return """
                <g class="%s"><path class="halo" d="%s"/><path d="%2$s"/><rect x="%s" y="%s" width="%s" height="26" rx="5"/>\
                <text x="%s" y="%s">%s</text></g>""".formatted(
                        mark.meaning().cssClass(),
                        corners,
                        number(tagLeft),
                        number(tagTop),
                        number(width),
                        number(tagLeft + width / 2),
                        number(tagTop + 18),
                        escape(mark.word()));
    }

    private static double wide(String words) {
        return words.codePoints()
                .mapToDouble(sign -> sign < 0x2e80 ? TAG_FONT * 0.6 : TAG_FONT)
                .sum();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
