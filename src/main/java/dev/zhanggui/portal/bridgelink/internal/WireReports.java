package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.CloneWatch.Born;
import dev.zhanggui.portal.terminal.Terminals.Sighting;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what bridges post. Terminals write most of it, so nothing in it is trusted to make sense. */
@Component
public class WireReports {

    private static final Logger LOG = LoggerFactory.getLogger(WireReports.class);

    /** No terminal was ever given more; the portal goes on after what one says, and must not come to the end of its numbers. */
    private static final long NUMBER_MOST = 1L << 52;

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Batch read(JsonNode body) {
        return new Batch(
                each(
                        body,
                        "deliveries",
                        Link.Delivery.class,
                        it -> new TerminalReports.Delivery(it.tid(), it.token(), it.published())),
                each(
                        body,
                        "presences",
                        Presence.class,
                        it -> new TerminalReports.Presence(it.tid(), it.online(), it.bootId())),
                each(body, "births", Birth.class, WireReports::birth),
                each(body, "reports", Report.class, WireReports::report));
    }

    /** Who says to have come, in order, for {@link CloneWatch}. */
    public List<Born> births(JsonNode body) {
        return each(body, "births", Birth.class, it -> new Born(it.tid(), it.bootId(), it.at()));
    }

    /** The same batch as signs of life; the portal's clock, because the terminals' may be wrong. */
    public List<Sighting> sightings(Batch batch, Instant now) {
        return Stream.concat(
                        batch.presences().stream()
                                .map(it -> new Sighting(it.publicId(), it.online(), now, null, it.bootId())),
                        batch.births().stream()
                                .map(it -> new Sighting(it.publicId(), true, now, it.firmware(), it.bootId())))
                .toList();
    }

    private <W, T> List<T> each(JsonNode body, String list, Class<W> type, Function<W, T> mapping) {
        var read = new ArrayList<T>();
        for (var entry : body.path(list)) {
            try {
                read.add(mapping.apply(json.treeToValue(entry, type)));
            } catch (JacksonException | IllegalArgumentException e) {
                LOG.warn(
                        "Skipped an entry of {} from {}",
                        list,
                        entry.path("tid").asString("?"));
            }
        }
        return read;
    }

    private static TerminalReports.Birth birth(Birth birth) {
        return new TerminalReports.Birth(
                birth.tid(), version(birth.epoch(), birth.gen()), birth.digest(), birth.firmware(), birth.bootId());
    }

    private static TerminalReports.Report report(Report report) {
        return new TerminalReports.Report(
                report.tid(),
                version(report.epoch(), report.gen()),
                report.digest(),
                stage(report.stage()),
                report.code());
    }

    private static ReportStage stage(Report.Stage stage) {
        return switch (stage) {
            case RECEIVED -> ReportStage.RECEIVED;
            case VERIFIED -> ReportStage.VERIFIED;
            case APPLIED -> ReportStage.APPLIED;
            case REJECTED -> ReportStage.REJECTED;
            case ROLLED_BACK -> ReportStage.ROLLED_BACK;
        };
    }

    private static ConfigurationVersion version(long epoch, long generation) {
        if (epoch < 0 || generation < 0 || epoch > NUMBER_MOST || generation > NUMBER_MOST) {
            throw new IllegalArgumentException("no such version");
        }
        return generation == 0 ? ConfigurationVersion.NONE : new ConfigurationVersion(epoch, generation);
    }
}
