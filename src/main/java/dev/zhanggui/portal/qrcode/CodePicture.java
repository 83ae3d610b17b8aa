package dev.zhanggui.portal.qrcode;

import java.util.List;

/**
 * A photo of codes as people see it.
 *
 * @param codes in shares of this picture, in the order of the reading
 */
public record CodePicture(byte[] jpeg, int width, int height, List<FoundCode> codes) {

    public CodePicture {
        codes = List.copyOf(codes);
    }
}
