package dev.zhanggui.portal.bridgelink.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.configuration.ConfigurationDocument;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.DocumentKind;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Outside;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Wire;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes configurations as the contract's records. Components in the order of the record, so the bytes are always the same. */
@Component
class ContractEncoding implements WireEncoding {

    /** A lost server meets its terminals again spread over this time. */
    private static final long RECONNECT_SPREAD_MILLIS = 3_000;

    private final JsonMapper json = JsonMapper.builder()
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final RootChain roots;

    ContractEncoding(RootChain roots) {
        this.roots = roots;
    }

    @Override
    public Payload document(ConfigurationDocument document) {
        Object wire = switch (document) {
            case ConfigurationDocument.Hours it -> hours(it);
            case ConfigurationDocument.Codes it ->
                new CodesDocument(it.codes().stream()
                        .map(code -> new CodesDocument.Code(code.code(), code.url(), code.label(), code.kind()))
                        .toList());
            case ConfigurationDocument.Acceptance it ->
                new AcceptanceDocument(
                        it.frozen(),
                        text(it.frozenWords()),
                        outside(it.outside()),
                        it.alternatives().stream()
                                .map(words -> new Text(words.zh(), words.en()))
                                .toList());
            case ConfigurationDocument.Screen it ->
                new ScreenDocument(it.storeName(), it.storeNameEn(), it.seat(), text(it.notice()));
        };
        return new Payload(DocumentRef.typ(kind(document.kind())), json.writeValueAsBytes(wire));
    }

    @Override
    public Payload manifest(Manifest manifest) {
        var wire = new dev.zhanggui.wire.Manifest(
                Wire.VERSION,
                manifest.publicId(),
                manifest.version().epoch(),
                manifest.version().generation(),
                manifest.issuedAt(),
                manifest.leaseUntil(),
                Stream.concat(
                                manifest.documents().stream()
                                        .map(pin -> new DocumentRef(
                                                kind(pin.kind()), pin.digest(), pin.size(), pin.inline())),
                                newestRoot())
                        .toList(),
                RECONNECT_SPREAD_MILLIS);
        return new Payload(Wire.MANIFEST_TYP, json.writeValueAsBytes(wire));
    }

    /** The first is known from the activation. */
    private Stream<DocumentRef> newestRoot() {
        long version = roots.newestVersion();
        return version <= 1
                ? Stream.empty()
                : Stream.of(new DocumentRef(DocumentRef.ROOT, SignedRoot.name(version), 0, null));
    }

    @Override
    public int inlineLimit() {
        return Wire.INLINE_DOCUMENT_BYTES;
    }

    @Override
    public int documentLimit() {
        return Wire.MAX_DOCUMENT_BYTES;
    }

    private static HoursDocument hours(ConfigurationDocument.Hours hours) {
        return new HoursDocument(
                hours.storePublicId(),
                hours.zone().getId(),
                hours.offsets().stream()
                        .map(offset -> new HoursDocument.Offset(offset.from(), offset.seconds()))
                        .toList(),
                hours.from(),
                hours.until(),
                hours.transitions().stream()
                        .map(it -> new HoursDocument.Transition(
                                it.at(),
                                it.open(),
                                it.reasonCode(),
                                new Text(it.words().zh(), it.words().en()),
                                it.nextChangeAt(),
                                it.terms() == null ? null : outside(it.terms())))
                        .toList(),
                outside(hours.outside()));
    }

    private static Outside outside(ConfigurationDocument.Outside outside) {
        return new Outside(outside.policy(), outside.capFen());
    }

    private static @Nullable Text text(@Nullable Words words) {
        return words == null ? null : new Text(words.zh(), words.en());
    }

    private static String kind(DocumentKind kind) {
        return switch (kind) {
            case HOURS -> DocumentRef.HOURS;
            case CODES -> DocumentRef.CODES;
            case ACCEPTANCE -> DocumentRef.ACCEPTANCE;
            case SCREEN -> DocumentRef.SCREEN;
        };
    }
}
