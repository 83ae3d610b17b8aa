package dev.zhanggui.wire;

/** Words for people, ready to show, in both languages. */
public record Text(String zh, String en) {

    public Text {
        Wire.required(zh, "zh");
        Wire.required(en, "en");
    }
}
