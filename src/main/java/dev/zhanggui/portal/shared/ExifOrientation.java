package dev.zhanggui.portal.shared;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a phone was held when it took a JPEG (EXIF 2.3, tag 0x0112), read before the EXIF block is thrown away. Anything
 * unreadable counts as upright.
 */
public record ExifOrientation(int tag) {

    private static final ExifOrientation UPRIGHT = new ExifOrientation(1);
    private static final int ORIENTATION = 0x0112;

    public static ExifOrientation of(byte[] file) {
        try {
            return read(ByteBuffer.wrap(file));
        } catch (RuntimeException e) {
            return UPRIGHT;
        }
    }

    private static ExifOrientation read(ByteBuffer in) {
        if ((in.getShort(0) & 0xffff) != 0xffd8) {
            return UPRIGHT;
        }
        int at = 2;
        while ((in.get(at) & 0xff) == 0xff) {
            int marker = in.get(at + 1) & 0xff;
            int length = in.getShort(at + 2) & 0xffff;
            if (marker == 0xe1 && in.getInt(at + 4) == 0x45786966) {
                return tiff(in, at + 10);
            }
            if (marker == 0xda) {
                return UPRIGHT;
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    private static ExifOrientation tiff(ByteBuffer file, int start) {
        var in = file.slice(start, file.limit() - start);
        in.order(in.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = in.getInt(4);
        int entries = in.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * 12;
            if ((in.getShort(entry) & 0xffff) == ORIENTATION) {
                int tag = in.getShort(entry + 8) & 0xffff;
                return tag >= 1 && tag <= 8 ? new ExifOrientation(tag) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether width and height change places. */
    public boolean sideways() {
        return tag >= 5;
    }

    /** From the stored picture of {@code w} × {@code h} to the one the photographer saw. */
    public AffineTransform transform(int w, int h) {
        return switch (tag) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }
}
