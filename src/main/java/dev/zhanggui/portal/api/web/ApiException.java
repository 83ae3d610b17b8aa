package dev.zhanggui.portal.api.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
class ApiException extends RuntimeException {

    private final transient Problem problem;

    ApiException(ProblemCode code, @Nullable String detail) {
        this(Problem.of(code, detail));
    }

    ApiException(ProblemCode code, @Nullable String detail, List<Problem.Fault> errors) {
        this(Problem.of(code, detail, errors));
    }

    /** One value that is not right, and why. */
    static ApiException invalid(String path, String code) {
        return new ApiException(ProblemCode.INVALID, null, List.of(new Problem.Fault(path, code, null)));
    }

    private ApiException(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
