package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.api.Answers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Bounds bodies, and answers a repeated POST with the first one's answer. */
final class RepeatFilter extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final int BODY_MOST = 8 << 20;

    private final Answers answers;
    private final ProblemWriter problems;

    RepeatFilter(Answers answers, ProblemWriter problems) {
        this.answers = answers;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            chain.doFilter(request, response);
            return;
        }
        var body = request.getInputStream().readNBytes(BODY_MOST + 1);
        if (body.length > BODY_MOST) {
            problems.write(response, Problem.of(ProblemCode.TOO_LARGE, null));
            return;
        }
        var replayable = new BodyRequest(request, body);
        var key = request.getHeader(HEADER);
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (key == null || !request.getMethod().equals("POST") || !(authentication instanceof KeyAuthentication who)) {
            chain.doFilter(replayable, response);
            return;
        }
        if (!key.matches("[!-~]{1,100}")) {
            problems.write(response, Problem.of(ProblemCode.IDEMPOTENCY_KEY_BAD, null));
            return;
        }
        long apiKey = who.getPrincipal().id();
        switch (answers.claim(apiKey, key, digest(request, body))) {
            case Answers.Claim.Mine mine -> first(replayable, response, chain, apiKey, key);
            case Answers.Claim.Done(var answer) -> replay(response, answer);
            case Answers.Claim.AtWork busy ->
                problems.write(response, Problem.of(ProblemCode.IDEMPOTENCY_KEY_BUSY, null));
            case Answers.Claim.OtherRequest other ->
                problems.write(response, Problem.of(ProblemCode.IDEMPOTENCY_KEY_REUSED, null));
        }
    }

    private void first(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, long apiKey, String key)
            throws ServletException, IOException {
        var recorded = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(request, recorded);
            if (recorded.getStatus() < 500) {
                answers.keep(
                        apiKey,
                        key,
                        new Answers.Answer(
                                recorded.getStatus(),
                                recorded.getContentType(),
                                recorded.getHeader(HttpHeaders.LOCATION),
                                recorded.getContentAsByteArray()));
                kept = true;
            }
        } finally {
            if (!kept) {
                answers.forget(apiKey, key);
            }
            recorded.copyBodyToResponse();
        }
    }

    private static void replay(HttpServletResponse response, Answers.Answer answer) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static byte[] digest(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var line = request.getMethod() + " " + request.getRequestURI() + "?"
                    + Objects.requireNonNullElse(request.getQueryString(), "") + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }

    /** The request with its body read once and kept. */
    private static final class BodyRequest extends HttpServletRequestWrapper {

        private final byte[] body;

        BodyRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    return in.read(buffer, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body is already here");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
