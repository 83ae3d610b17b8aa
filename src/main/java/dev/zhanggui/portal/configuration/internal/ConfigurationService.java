package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.ConfigGenerationRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.Generation;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfiguration;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Service
class ConfigurationService implements TerminalConfigurations {

    private static final int MOST_TERMINALS = 500;
    private static final int MOST_VERSIONS = 100;

    private final Access access;
    private final Merchants merchants;
    private final ConfigurationRows rows;
    private final DirtyScopes dirty;
    private final BridgeLink link;
    private final Wakes wakes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ConfigurationService(
            Access access,
            Merchants merchants,
            ConfigurationRows rows,
            DirtyScopes dirty,
            BridgeLink link,
            Wakes wakes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.access = access;
        this.merchants = merchants;
        this.rows = rows;
        this.dirty = dirty;
        this.link = link;
        this.wakes = wakes;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<TerminalConfiguration> ofStore(Actor actor, StoreId store) {
        requireReader(actor, merchants.store(actor, store).merchantId());
        var state = link.state();
        return rows.ofStore(store, MOST_TERMINALS).stream()
                .map(row -> configuration(row, state))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public TerminalConfiguration of(Actor actor, TerminalId terminal) {
        return configuration(readable(actor, terminal), link.state());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Generation> history(Actor actor, TerminalId terminal, int limit) {
        readable(actor, terminal);
        return rows.history(terminal, Math.clamp(limit, 1, MOST_VERSIONS));
    }

    @Override
    @Transactional
    public void sendAgain(Actor actor, TerminalId terminal) {
        var row = rows.lock(terminal).orElseThrow(() -> new NotFoundException(terminal.toString()));
        access.requireMemberOrStaff(actor, new MerchantId(row.getMerchantId()), Role.CASHIER, Role.SERVICE, Role.ADMIN);
        var desired = ConfigurationRows.desired(row);
        if (desired.isNone()) {
            return;
        }
        if (gaveUp(row)) {
            dirty.mark(new StoreId(row.getStoreId()), terminal, ChangeCause.ASKED, actor.label());
        } else {
            rows.makeDue(row, Lane.EDIT, clock.instant());
            rows.generation(terminal, desired).ifPresent(this::reopen);
        }
        row.setReportedStage(null);
        row.setProgressedAt(clock.instant());
        rows.save(List.of(row));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakes.bridges().now();
                events.publishEvent(new ConfigurationProgressed(terminal, new StoreId(row.getStoreId())));
            }
        });
    }

    /** The terminal keeps this very version in quarantine: only a new number is tried again. */
    private static boolean gaveUp(TerminalConfigurationRecord row) {
        return ReportStage.ROLLED_BACK.name().equals(row.getReportedStage())
                || ReportStage.REJECTED.name().equals(row.getReportedStage())
                        && row.getReportedCode() == ReportDesk.QUARANTINED;
    }

    /** Asked for by a person, so a settled refusal may be reported anew. */
    private void reopen(ConfigGenerationRecord generation) {
        var outcome = GenerationOutcome.valueOf(generation.getOutcome());
        if (outcome == GenerationOutcome.REJECTED || outcome == GenerationOutcome.ROLLED_BACK) {
            generation.setOutcome(GenerationOutcome.PENDING.name());
            generation.setCode(null);
            rows.saveGenerations(List.of(generation));
        }
    }

    private TerminalConfigurationRecord readable(Actor actor, TerminalId terminal) {
        var row = rows.find(terminal).orElseThrow(() -> new NotFoundException(terminal.toString()));
        requireReader(actor, new MerchantId(row.getMerchantId()));
        return row;
    }

    private void requireReader(Actor actor, MerchantId merchant) {
        access.requireMemberOrStaff(actor, merchant, Role.CASHIER, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
    }

    /** As every page and the API say it of one terminal. */
    TerminalConfiguration configuration(TerminalConfigurationRecord row, BridgeLink.State state) {
        var running = running(row);
        var reported = reported(row);
        return new TerminalConfiguration(
                new TerminalId(row.getTerminalId()),
                row.getPublicId(),
                new StoreId(row.getStoreId()),
                ConfigurationRows.desired(row),
                row.getDesiredDigest(),
                row.getLeaseUntil(),
                running,
                reported,
                row.getOnline(),
                row.getPresenceAt(),
                status(row, running, reported, state));
    }

    private SyncStatus status(
            TerminalConfigurationRecord row,
            TerminalConfiguration.@Nullable Running running,
            TerminalConfiguration.@Nullable Reported reported,
            BridgeLink.State state) {
        var desired = ConfigurationRows.desired(row);
        var inStep = running != null && running.digest().equals(row.getDesiredDigest())
                ? new SyncStatus.InStep(desired, running.since())
                : null;
        return switch (state) {
            case BridgeLink.State.Unreachable it -> inStep == null ? new SyncStatus.BridgeDown(it.since()) : inStep;
            case BridgeLink.State.Reachable it -> {
                if (!row.getOnline()) {
                    yield new SyncStatus.Offline(row.getPresenceAt(), running == null ? null : running.version());
                }
                if (inStep != null) {
                    yield inStep;
                }
                if (reported != null
                        && reported.version().equals(desired)
                        && reported.stage().isRefusal()) {
                    yield new SyncStatus.Rejected(desired, reported.code(), reported.at());
                }
                yield new SyncStatus.Sending(desired, sendingSince(row));
            }
        };
    }

    private Instant sendingSince(TerminalConfigurationRecord row) {
        return rows.generation(new TerminalId(row.getTerminalId()), ConfigurationRows.desired(row))
                .map(ConfigGenerationRecord::getEditedAt)
                .orElse(row.getProgressedAt());
    }

    private static TerminalConfiguration.@Nullable Running running(TerminalConfigurationRecord row) {
        return row.getRunningGen() == null
                ? null
                : new TerminalConfiguration.Running(
                        new ConfigurationVersion(row.getRunningEpoch(), row.getRunningGen()),
                        row.getRunningDigest(),
                        row.getRunningSince());
    }

    private static TerminalConfiguration.@Nullable Reported reported(TerminalConfigurationRecord row) {
        return row.getReportedStage() == null
                ? null
                : new TerminalConfiguration.Reported(
                        new ConfigurationVersion(row.getReportedEpoch(), row.getReportedGen()),
                        ReportStage.valueOf(row.getReportedStage()),
                        row.getReportedCode(),
                        row.getReportedAt());
    }
}
