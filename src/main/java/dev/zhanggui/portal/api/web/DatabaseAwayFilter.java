package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.shared.DatabaseAway;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keys and repeats are looked up before any controller: says there too that the database does not answer. */
final class DatabaseAwayFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayFilter.class);

    private final ProblemWriter problems;

    DatabaseAwayFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException e) {
            if (response.isCommitted() || !DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            LOG.warn("A request of the API found no database: {}", e.getMessage());
            response.reset();
            response.setHeader(HttpHeaders.RETRY_AFTER, ApiErrors.RETRY_AFTER_SECONDS);
            problems.write(response, Problem.of(ProblemCode.DATABASE_AWAY, null));
        }
    }
}
