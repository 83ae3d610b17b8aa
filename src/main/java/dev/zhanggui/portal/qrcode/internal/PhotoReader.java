package dev.zhanggui.portal.qrcode.internal;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.ResultPointCallback;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.detector.FinderPattern;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.CodePicture;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.PhotoReading;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Looks at a photo several times, as a phone looks at many frames. At two sizes, since a code that is too fine for one is right
 * for the other; for several codes at once, which ZXing finds when they lie flat, and tile by tile, which finds those seen from
 * the side; harder only while nothing is found.
 */
final class PhotoReader implements CodePhotos {

    /** Codes are looked for at this size first; what is finer is seldom sharp. */
    private static final int USUAL_SIDE = 2048;

    private static final int SMALLEST_SIDE = 160;

    /**
     * Three to a code. ZXing weighs every three of them, so a wallpaper of finder patterns would keep it busy for hours.
     */
    private static final int MOST_FINDERS = 60;
    /** Photos decoded at once: each takes some 50 MB for a moment. */
    private static final int AT_ONCE = 2;

    private final Semaphore room = new Semaphore(AT_ONCE);

    @Override
    public PhotoReading read(byte[] photo) {
        room.acquireUninterruptibly();
        try {
            return new Looks(new PhotoFile(photo).light()).reading();
        } catch (PhotoFile.RefusedException e) {
            return new PhotoReading.Refused(e.reason());
        } finally {
            room.release();
        }
    }

    @Override
    public Optional<CodePicture> redraw(byte[] photo, List<FoundCode> codes) {
        room.acquireUninterruptibly();
        try {
            return Optional.of(new PhotoFile(photo).redrawn(codes));
        } catch (PhotoFile.RefusedException e) {
            return Optional.empty();
        } finally {
            room.release();
        }
    }

    private static final class TooManyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyException() {
            super(null, null, false, false);
        }
    }

    /** A tile by its upper left corner. */
    private record Place(Light of, int left, int top) {

        static Place whole(Light light) {
            return new Place(light, 0, 0);
        }
    }

    /** The looks at one photo. */
    private static final class Looks {

        private final Light whole;
        private final List<FoundCode> found = new ArrayList<>();
        private boolean tooMany;

        Looks(Light whole) {
            this.whole = whole;
        }

        PhotoReading reading() {
            var usual = whole;
            while (usual.longest() > USUAL_SIDE) {
                usual = usual.halved();
            }
            var small = usual.longest() > 2 * SMALLEST_SIDE ? usual.halved() : usual;
            all(usual, HybridBinarizer::new, false);
            all(small, HybridBinarizer::new, false);
            tiles(small, 1);
            tiles(small, 2);
            tiles(usual, 2);
            tiles(small, 3);
            if (found.isEmpty()) {
                harder(usual, small);
            }
            if (found.isEmpty() && tooMany) {
                return new PhotoReading.Refused(Reason.TOO_MANY_CODES);
            }
            found.sort(Comparator.comparingDouble(FoundCode::y).thenComparingDouble(FoundCode::x));
            return new PhotoReading.Read(found);
        }

        /** Stops at the first look that finds something. */
        private void harder(Light usual, Light small) {
            List<Runnable> looks = List.of(
                    () -> all(usual, GlobalHistogramBinarizer::new, false),
                    () -> all(small, GlobalHistogramBinarizer::new, false),
                    () -> all(usual, HybridBinarizer::new, true),
                    () -> all(small, HybridBinarizer::new, true),
                    () -> one(usual, HybridBinarizer::new, Place.whole(usual)),
                    () -> all(small.enlarged(), HybridBinarizer::new, false),
                    () -> all(
                            small.longest() > 2 * SMALLEST_SIDE ? small.halved() : small, HybridBinarizer::new, false),
                    () -> all(usual == whole ? usual.enlarged() : whole, HybridBinarizer::new, false));
            for (var look : looks) {
                look.run();
                if (!found.isEmpty()) {
                    return;
                }
            }
        }

        /** Half overlapping, so that each code lies whole in one of them. */
        private void tiles(Light light, int perSide) {
            int parts = 2 * perSide - 1;
            int wide = light.width() / perSide;
            int high = light.height() / perSide;
            if (Math.min(wide, high) < SMALLEST_SIDE && perSide > 1) {
                return;
            }
            for (int row = 0; row < parts; row++) {
                for (int column = 0; column < parts; column++) {
                    var place = new Place(light, column * wide / 2, row * high / 2);
                    one(light.cut(place.left(), place.top(), wide, high), HybridBinarizer::new, place);
                }
            }
        }

        private void all(Light light, Function<LuminanceSource, Binarizer> binarizer, boolean inverted) {
            var source = inverted ? light.source().invert() : light.source();
            try {
                for (var result :
                        new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(binarizer.apply(source)), hints())) {
                    keep(result, Place.whole(light));
                }
            } catch (TooManyException e) {
                tooMany = true;
            } catch (ReaderException | RuntimeException e) {
                // Nothing there; ZXing answers odd geometry with unchecked exceptions, too.
            }
        }

        private void one(Light light, Function<LuminanceSource, Binarizer> binarizer, Place place) {
            try {
                keep(new QRCodeReader().decode(new BinaryBitmap(binarizer.apply(light.source())), hints()), place);
            } catch (TooManyException e) {
                tooMany = true;
            } catch (ReaderException | RuntimeException e) {
                // As above.
            }
        }

        private static Map<DecodeHintType, Object> hints() {
            var finders = new int[1];
            ResultPointCallback counter = point -> {
                if (point instanceof FinderPattern && ++finders[0] > MOST_FINDERS) {
                    throw new TooManyException();
                }
            };
            var hints = new EnumMap<DecodeHintType, Object>(DecodeHintType.class);
            hints.put(DecodeHintType.TRY_HARDER, true);
            hints.put(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE));
            hints.put(DecodeHintType.NEED_RESULT_POINT_CALLBACK, counter);
            return hints;
        }

        /** Once, however many looks saw it; two plates that say the same stay two. */
        private void keep(Result result, Place place) {
            var code = located(result, place);
            boolean known = found.stream()
                    .anyMatch(it -> it.text().equals(code.text())
                            && Math.abs(centre(it.x(), it.width()) - centre(code.x(), code.width())) < it.width() / 2
                            && Math.abs(centre(it.y(), it.height()) - centre(code.y(), code.height()))
                                    < it.height() / 2);
            if (!known) {
                found.add(code);
            }
        }

        private static double centre(double from, double length) {
            return from + length / 2;
        }

        private static FoundCode located(Result result, Place place) {
            double left = Double.MAX_VALUE;
            double right = -Double.MAX_VALUE;
            double top = Double.MAX_VALUE;
            double bottom = -Double.MAX_VALUE;
            for (var point : result.getResultPoints()) {
                left = Math.min(left, place.left() + point.getX());
                right = Math.max(right, place.left() + point.getX());
                top = Math.min(top, place.top() + point.getY());
                bottom = Math.max(bottom, place.top() + point.getY());
            }
            // The points are centres of the finder patterns, a little inside the symbol's edge.
            double rim = Math.max(right - left, bottom - top) * 0.15;
            var light = place.of();
            double x = Math.max(0, (left - rim) / light.width());
            double y = Math.max(0, (top - rim) / light.height());
            return new FoundCode(
                    result.getText(),
                    x,
                    y,
                    Math.min(1, (right + rim) / light.width()) - x,
                    Math.min(1, (bottom + rim) / light.height()) - y);
        }
    }
}
