package dev.zhanggui.portal.qrcode.internal;

/** Where a scanned code leads: {@code <public url>/q/<code>}. */
record CodeUrls(String publicUrl) {

    CodeUrls {
        if (!publicUrl.matches("https?://[A-Za-z0-9.:\\-]+(/[A-Za-z0-9._~\\-/]*)?")) {
            throw new IllegalArgumentException(
                    "ZHANGGUI_PUBLIC_URL must be an http(s) address in ASCII, such as https://zg.example.cn, not "
                            + publicUrl);
        }
        publicUrl = publicUrl.replaceAll("/+$", "");
    }

    String of(String code) {
        return publicUrl + "/q/" + code;
    }
}
