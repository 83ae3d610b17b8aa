package dev.zhanggui.wire;

import java.util.List;

/** QR codes that the terminal may show, the one to show first. Payload of a JWS. */
public record CodesDocument(List<Code> codes) {

    public CodesDocument {
        codes = Wire.list(codes);
    }

    /**
     * @param code its public number
     * @param url what is drawn
     * @param label place or purpose, 「柜台」, 「3 号桌」
     * @param kind as the portal names it, {@code STORE}, {@code SEAT}, …
     */
    public record Code(String code, String url, String label, String kind) {

        public Code {
            Wire.required(code, "code");
            Wire.required(url, "url");
            Wire.required(label, "label");
            Wire.required(kind, "kind");
        }
    }
}
