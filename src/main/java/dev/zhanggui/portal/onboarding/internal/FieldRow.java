package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.onboarding.Application.FieldValue;
import dev.zhanggui.portal.onboarding.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A field's kept value, in clear. */
record FieldRow(Field field, String value, @Nullable String problem, int version, Instant savedAt) {

    FieldValue shown() {
        return new FieldValue(FieldPolicy.shown(field, value, problem == null), problem, version, savedAt);
    }

    /** Never the value. */
    @Override
    public String toString() {
        return field + " v" + version;
    }
}
