package dev.zhanggui.portal.qrcode.emv;

import java.util.Arrays;
import java.util.Optional;

/** Whether a code is shown for many payments or for one (4.7.2). */
public enum PointOfInitiation {
    STATIC("11"),
    DYNAMIC("12");

    private final String code;

    PointOfInitiation(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static Optional<PointOfInitiation> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
