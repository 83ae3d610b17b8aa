package dev.zhanggui.portal.qrcode;

import java.util.Optional;

/**
 * How large a symbol comes out of a printer: whole dots per module, because a module that shares a dot with its neighbour is
 * blurred by every print head.
 *
 * @param dotsPerModule at least 1
 * @param dpi the printer's, such as 203 or 300
 */
public record PrintSize(int dotsPerModule, int dpi) {

    /** What a phone in a hand reads from 25 cm. */
    public static final double LEAST_MODULE_MM = 0.5;

    /** The whole symbol with its quiet zone. */
    public static final double LEAST_SIDE_MM = 20;

    private static final double MM_PER_INCH = 25.4;

    public PrintSize {
        if (dotsPerModule < 1 || dpi < 1) {
            throw new IllegalArgumentException("dots and dpi are at least 1");
        }
    }

    /** The largest that fits into a square; empty when nothing that can be read does. */
    public static Optional<PrintSize> within(QrSymbol symbol, double millimetres, int dpi) {
        int dots = (int) Math.floor(millimetres / MM_PER_INCH * dpi / modules(symbol) + 1e-9);
        return Optional.of(dots)
                .filter(it -> it >= 1)
                .map(it -> new PrintSize(it, dpi))
                .filter(it -> it.canBeRead(symbol));
    }

    /** The smallest that can be read. */
    public static PrintSize least(QrSymbol symbol, int dpi) {
        double module = Math.max(LEAST_MODULE_MM, LEAST_SIDE_MM / modules(symbol));
        return new PrintSize((int) Math.ceil(module / MM_PER_INCH * dpi - 1e-9), dpi);
    }

    public boolean canBeRead(QrSymbol symbol) {
        return moduleMillimetres() >= LEAST_MODULE_MM && sideMillimetres(symbol) >= LEAST_SIDE_MM;
    }

    public double moduleMillimetres() {
        return dotsPerModule * MM_PER_INCH / dpi;
    }

    /** With the quiet zone. */
    public double sideMillimetres(QrSymbol symbol) {
        return modules(symbol) * moduleMillimetres();
    }

    private static int modules(QrSymbol symbol) {
        return symbol.size() + 2 * QrSymbol.QUIET_ZONE;
    }
}
