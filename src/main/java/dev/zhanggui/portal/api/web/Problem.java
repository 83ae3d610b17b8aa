package dev.zhanggui.portal.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * RFC 9457, with a stable code, what to do, and where needed the places that are wrong.
 *
 * @param detail about this very request; never personal data
 */
record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String code,
        String help,
        @Nullable List<Fault> errors) {

    /**
     * @param path where, as in {@code weekly.mon[1]}
     * @param value the offending text, shortened; null when it may be personal
     * @param offset where in a plain text it begins, in UTF-16 units, with its {@code length}
     * @param text the same in plain words
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fault(
            String path,
            String code,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String value,

            @Nullable Integer offset,
            @Nullable Integer length,
            @Nullable Words text) {

        Fault(String path, String code, @Nullable String value) {
            this(path, code, value, null, null, null);
        }
    }

    record Words(String zh, String en) {}

    static Problem of(ProblemCode code, @Nullable String detail) {
        return of(code, detail, null);
    }

    static Problem of(ProblemCode code, @Nullable String detail, @Nullable List<Fault> errors) {
        return new Problem(code.type(), code.title, code.status.value(), detail, code.text(), code.help, errors);
    }

    /** @param seconds when to try again */
    ResponseEntity<Problem> later(String seconds) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .body(this);
    }

    ResponseEntity<Problem> response() {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }
}
