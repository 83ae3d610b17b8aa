package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.CodePicture;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.shared.ExifOrientation;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Turns a picture as the camera was held, shrinks it, and writes it anew. */
record Redrawing(ExifOrientation orientation) {

    private static final float QUALITY = 0.82f;

    CodePicture of(BufferedImage source, List<FoundCode> codes) throws IOException {
        int width = source.getWidth();
        int height = source.getHeight();
        double scale = Math.min(1, (double) CodePhotos.SHOWN_SIDE / Math.max(width, height));
        int wide = side(orientation.sideways() ? height : width, scale);
        int high = side(orientation.sideways() ? width : height, scale);
        var picture = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, wide, high);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        var transform = AffineTransform.getScaleInstance(scale, scale);
        transform.concatenate(orientation.transform(width, height));
        pen.drawImage(source, transform, null);
        pen.dispose();
        return new CodePicture(
                jpeg(picture), wide, high, codes.stream().map(this::turned).toList());
    }

    private static int side(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }

    /** Shares of a picture turn like a picture of one by one. */
    private FoundCode turned(FoundCode code) {
        var box = orientation
                .transform(1, 1)
                .createTransformedShape(new Rectangle2D.Double(code.x(), code.y(), code.width(), code.height()))
                .getBounds2D();
        return new FoundCode(code.text(), box.getX(), box.getY(), box.getWidth(), box.getHeight());
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            var param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
