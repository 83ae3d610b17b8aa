package dev.zhanggui.portal.fakereport;

import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * What somebody reports.
 *
 * @param happened null when nothing was chosen
 * @param code what the code says, or its address; may be empty
 * @param place a store's name or where it hangs; may be empty
 * @param words more about it; may be empty
 * @param phone to ask back, as it was typed; may be empty
 * @param photo of the code, as it was sent; null for none
 * @param store of a member who reports from it; null for everybody else
 * @param expected the plate that should have been there, of the same store; null when nobody said which
 * @param once new for each form, so that a double press is one report
 */
public record NewReport(
        @Nullable Happening happened,
        String code,
        String place,
        String words,
        String phone,
        byte @Nullable [] photo,
        @Nullable StoreId store,
        @Nullable QrCodeId expected,
        String once) {

    public static final int CODE_MOST = 2_000;
    public static final int PLACE_MOST = 200;
    public static final int WORDS_MOST = 1_000;
}
