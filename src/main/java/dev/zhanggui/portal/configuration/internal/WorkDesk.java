package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.Bridges.Holding;
import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.internal.BridgeLives.Carrier;
import dev.zhanggui.portal.shared.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class WorkDesk implements DueWork {

    static final int MOST = 500;

    private static final int TRIES = 5;

    /** How often a waiting bridge looks by itself: for time-outs that pass, and for what another portal compiled. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Access access;
    private final ConfigurationRows terminals;
    private final SignedDocuments documents;
    private final LinkMonitor link;
    private final BridgeLives lives;
    private final Wakes wakes;
    private final TransactionTemplate transaction;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());

    WorkDesk(
            Access access,
            ConfigurationRows terminals,
            SignedDocuments documents,
            LinkMonitor link,
            BridgeLives lives,
            Wakes wakes,
            TransactionTemplate transaction) {
        this.access = access;
        this.terminals = terminals;
        this.documents = documents;
        this.link = link;
        this.lives = lives;
        this.wakes = wakes;
        this.transaction = transaction;
    }

    /** Not one transaction: nothing may be held while waiting. */
    @Override
    public Taken take(Actor actor, String bridge, @Nullable Long fence, int most, Duration wait) {
        access.requireStaff(actor);
        link.seen(bridge);
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            long seen = wakes.bridges().seen();
            if (!(lives.standing(actor, bridge, fence) instanceof Holding holding)) {
                return new Taken.Fenced();
            }
            var carrier = Carrier.of(holding);
            var handOuts = claim(carrier, Math.clamp(most, 1, MOST));
            long left = deadline - System.nanoTime();
            if (!handOuts.isEmpty() || left <= 0) {
                link.seen(bridge);
                return new Taken.Work(handOuts, holding.shards());
            }
            try {
                wakes.bridges().await(seen, Duration.ofNanos(Math.min(left, LOOK.toNanos())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Taken.Work(List.of(), holding.shards());
            }
        }
    }

    private List<HandOut> claim(Carrier carrier, int most) {
        for (int attempt = 1; ; attempt++) {
            try {
                var handOuts = transaction.execute(status -> terminals.claim(carrier, Ids.ulid(), most, backoff));
                return handOuts == null ? List.of() : handOuts;
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> documents(Actor actor, String publicId, Collection<String> digests) {
        access.requireStaff(actor);
        var pinned = terminals
                .find(publicId)
                .map(row -> row.getDocuments() == null
                        ? Set.<String>of()
                        : Set.copyOf(SignedDocuments.digestsIn(row.getDocuments())))
                .orElse(Set.of());
        var asked = digests.stream().filter(pinned::contains).distinct().toList();
        return asked.isEmpty() ? Map.of() : documents.byDigest(asked);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Withdrawal> withdrawnSince(Actor actor, Instant since) {
        access.requireStaff(actor);
        return terminals.withdrawnSince(since, MOST);
    }
}
