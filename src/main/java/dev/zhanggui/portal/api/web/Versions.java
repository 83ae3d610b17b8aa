package dev.zhanggui.portal.api.web;

import org.jspecify.annotations.Nullable;

/** Versions as ETags. */
final class Versions {

    private Versions() {}

    static String etag(int version) {
        return "\"" + version + "\"";
    }

    /** The version that an {@code If-Match} names. */
    static int version(@Nullable String ifMatch) {
        var tag = ifMatch == null ? "" : ifMatch.strip();
        if (!tag.matches("\"\\d{1,9}\"")) {
            throw new ApiException(ProblemCode.VERSION_CONFLICT, "If-Match is not an ETag that was given out");
        }
        return Integer.parseInt(tag.substring(1, tag.length() - 1));
    }
}
