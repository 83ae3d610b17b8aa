package dev.zhanggui.wire;

/**
 * Whether a terminal is connected. As last will with {@code online} false; the boot id tells a late will of an earlier boot.
 * Connection is not proof of work: only births and reports say what runs.
 */
public record Presence(String tid, boolean online, String bootId) {

    public Presence {
        Wire.required(tid, "tid");
        Wire.required(bootId, "bootId");
    }
}
