package dev.zhanggui.portal.bridgelink.web;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.bridgelink.internal.Provisioning;
import dev.zhanggui.portal.bridgelink.internal.RootChain;
import dev.zhanggui.portal.bridgelink.internal.WireReports;
import dev.zhanggui.portal.bridgelink.internal.WireWork;
import dev.zhanggui.portal.bridgelink.internal.Withdrawals;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.configuration.Bridges;
import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** The calls of {@link Link}. A bridge acts as the system: it may hand on what terminals say and nothing else. */
@RestController
@RequestMapping(Link.PATH)
class BridgeController {

    /** A bridge that asks again this often is never taken for lost; see {@link BridgeLink}. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(BridgeController.class);

    private final DueWork work;
    private final Bridges bridges;
    private final TerminalReports reports;
    private final WireReports wireReports;
    private final Withdrawals withdrawals;
    private final BridgeLink link;
    private final Terminals terminals;
    private final Activations activations;
    private final TerminalCertificates certificates;
    private final CloneWatch clones;
    private final Provisioning provisioning;
    private final RootChain roots;
    private final Clock clock;

    BridgeController(
            DueWork work,
            Bridges bridges,
            TerminalReports reports,
            WireReports wireReports,
            Withdrawals withdrawals,
            BridgeLink link,
            Terminals terminals,
            Activations activations,
            TerminalCertificates certificates,
            CloneWatch clones,
            Provisioning provisioning,
            RootChain roots,
            Clock clock) {
        this.work = work;
        this.bridges = bridges;
        this.reports = reports;
        this.wireReports = wireReports;
        this.withdrawals = withdrawals;
        this.link = link;
        this.terminals = terminals;
        this.activations = activations;
        this.certificates = certificates;
        this.clones = clones;
        this.provisioning = provisioning;
        this.roots = roots;
        this.clock = clock;
    }

    @PostMapping("hello")
    Link.HelloAnswer hello(@RequestBody Link.Hello hello) {
        LOG.info("Bridge {} {} says hello, protocol {}", hello.bridge(), hello.version(), hello.protocol());
        link.seen(hello.bridge());
        withdrawals.hello(hello.bridge());
        var arrival = new Bridges.Arrival(hello.bridge(), hello.instance(), Boolean.TRUE.equals(hello.sharedBroker()));
        return switch (bridges.hello(actor(hello.bridge()), arrival)) {
            case Bridges.Holding(var fence, var shards) ->
                new Link.HelloAnswer(clock.instant(), Wire.VERSION, fence, WireWork.shards(shards));
            case Bridges.Welcome.NameTaken it -> throw fenced("Another bridge is called " + hello.bridge());
        };
    }

    /** Holds a virtual thread while it waits, which costs next to nothing. */
    @PostMapping("work")
    Link.WorkAnswer work(@RequestBody Link.WorkRequest request) {
        var wait = Duration.ofMillis(Math.clamp(request.waitMillis(), 0, LONGEST_POLL.toMillis()));
        var actor = actor(request.bridge());
        return switch (work.take(actor, request.bridge(), request.fence(), request.max(), wait)) {
            case DueWork.Taken.Work(var handOuts, var shards) ->
                new Link.WorkAnswer(
                        handOuts.stream().map(WireWork::item).toList(),
                        withdrawals.next(actor, request.bridge()),
                        WireWork.shards(shards));
            case DueWork.Taken.Fenced it -> throw fenced("Say hello again");
        };
    }

    /** What a bridge that was thought lost must not do; it begins anew with a hello. */
    private static ResponseStatusException fenced(String detail) {
        return new ResponseStatusException(HttpStatus.CONFLICT, detail);
    }

    /** Taken apart entry by entry: one that makes no sense must not lose the others. */
    @PostMapping("reports")
    Link.ReportsAnswer reports(@RequestBody JsonNode body) {
        var bridge = body.path("bridge").asString("");
        var actor = actor(bridge);
        var batch = wireReports.read(body);
        var fence = body.path("fence").isIntegralNumber() ? body.path("fence").longValue() : null;
        return switch (reports.record(actor, bridge, fence, batch)) {
            case TerminalReports.Recorded.Done(var due) -> {
                terminals.seen(actor, wireReports.sightings(batch, clock.instant()));
                clones.born(actor, wireReports.births(body));
                yield new Link.ReportsAnswer(due.stream().map(WireWork::item).toList());
            }
            case TerminalReports.Recorded.Fenced it -> throw fenced("Say hello again");
        };
    }

    @PostMapping("leave")
    Link.LeaveAnswer leave(@RequestBody Link.Leave leave) {
        LOG.info("Bridge {} takes its leave", leave.bridge());
        bridges.leave(actor(leave.bridge()), leave.bridge(), leave.fence());
        return new Link.LeaveAnswer(clock.instant());
    }

    @PostMapping("documents")
    Link.DocumentsAnswer documents(@RequestBody Link.DocumentsRequest request) {
        var found = work.documents(actor("bridge"), request.tid(), request.digests()).entrySet().stream()
                .map(entry -> new SignedDocument(entry.getKey(), entry.getValue()));
        // Roots are the same for everybody and no secret.
        return new Link.DocumentsAnswer(
                Stream.concat(found, roots.named(request.digests()).stream()).toList());
    }

    @PostMapping("credentials")
    Link.CredentialAnswer credentials(@RequestBody Link.Credential credential) {
        return answers(List.of(credential)).getFirst();
    }

    @PostMapping("admissions")
    Link.AdmissionsAnswer admissions(@RequestBody Link.Admissions asked) {
        if (asked.credentials().size() > Link.Admissions.MOST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "At most " + Link.Admissions.MOST);
        }
        return new Link.AdmissionsAnswer(answers(asked.credentials()));
    }

    /** Where there is a certificate, the token does not count. */
    private List<Link.CredentialAnswer> answers(List<Link.Credential> credentials) {
        var tokens = activations
                .credentialsValid(credentials.stream()
                        .filter(it -> it.thumbprint() == null)
                        .map(it -> new Activations.Shown(it.tid(), it.token()))
                        .toList())
                .iterator();
        return credentials.stream()
                .map(it -> it.thumbprint() == null
                        ? tokens.next()
                        : certificates.accepts(actor("bridge"), it.tid(), it.thumbprint()))
                .map(Link.CredentialAnswer::new)
                .toList();
    }

    @PostMapping("provision/announce")
    Provision.Answer announce(@RequestBody Provision.Request request) {
        return provisioning.announce(actor("bridge"), request);
    }

    @PostMapping("provision/poll")
    Provision.Answer poll(@RequestBody Provision.Request request) {
        return provisioning.poll(actor("bridge"), request);
    }

    private static Actor actor(String bridge) {
        return Actor.system(bridge);
    }
}
