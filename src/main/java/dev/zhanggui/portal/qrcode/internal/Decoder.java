package dev.zhanggui.portal.qrcode.internal;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a picture the way a payer's phone does: for changing light first, then for even light. */
final class Decoder {

    private static final Map<DecodeHintType, Object> HINTS =
            Map.of(DecodeHintType.TRY_HARDER, true, DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE));

    /**
     * A phone never sees the same picture twice, and ZXing sometimes miscounts the modules of a large symbol whose edges fall
     * on whole pixels; a little larger, it does not.
     */
    private static final double ANOTHER_LOOK = 1.37;

    private Decoder() {}

    /** What the one symbol in the picture says; empty when none can be read. */
    static Optional<String> read(BufferedImage picture) {
        return look(picture).or(() -> look(Hardships.turned(picture, ANOTHER_LOOK, 0)));
    }

    private static Optional<String> look(BufferedImage picture) {
        var source = new BufferedImageLuminanceSource(picture);
        return read(new HybridBinarizer(source))
                .or(() -> read(new GlobalHistogramBinarizer(source)))
                .or(() -> weighEveryThree(new HybridBinarizer(source)));
    }

    /**
     * The reader of one symbol bets on one set of three finder patterns, and loses with one symbol in two hundred, whose data
     * looks like a finder pattern somewhere. The reader of several tries them all.
     */
    private static Optional<String> weighEveryThree(Binarizer binarizer) {
        try {
            // None at all where three finder patterns were seen and nothing between them could be read.
            return Arrays.stream(new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(binarizer), HINTS))
                    .findFirst()
                    .map(Result::getText);
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Binarizer binarizer) {
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(binarizer), HINTS)
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }
}
