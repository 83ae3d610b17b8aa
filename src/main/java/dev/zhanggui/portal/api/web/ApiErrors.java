package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.shared.DatabaseAway;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says every failure of the API as a problem; what it does not know is a bug: logged once, told without detail. */
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
class ApiErrors {

    static final String RETRY_AFTER_SECONDS = "5";

    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ResponseEntity<Problem> on(ApiException e) {
        return e.problem().response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(NotFoundException e) {
        return Problem.of(ProblemCode.NOT_FOUND, null).response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(NotAllowedException e) {
        return Problem.of(ProblemCode.NOT_ALLOWED, e.getMessage()).response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(LostUpdateException e) {
        return Problem.of(ProblemCode.VERSION_CONFLICT, null).response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMessageNotReadableException e) {
        return Problem.of(ProblemCode.BAD_REQUEST, "the body is not the JSON that is expected here")
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MissingServletRequestParameterException e) {
        return Problem.of(ProblemCode.BAD_REQUEST, "the parameter " + e.getParameterName() + " is missing")
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(MethodArgumentTypeMismatchException e) {
        return Problem.of(ProblemCode.BAD_REQUEST, "the parameter " + e.getName() + " cannot be read")
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMediaTypeNotSupportedException e) {
        return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, null).response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(HttpMediaTypeNotAcceptableException e) {
        return Problem.of(ProblemCode.NOT_ACCEPTABLE, null).response();
    }

    @ExceptionHandler
    ResponseEntity<Problem> on(Exception e) {
        if (DatabaseAway.isCauseOf(e)) {
            LOG.warn("A request of the API found no database: {}", e.getMessage());
            return Problem.of(ProblemCode.DATABASE_AWAY, null).later(RETRY_AFTER_SECONDS);
        }
        LOG.error("A request of the API failed", e);
        return Problem.of(ProblemCode.INTERNAL, null).response();
    }
}
