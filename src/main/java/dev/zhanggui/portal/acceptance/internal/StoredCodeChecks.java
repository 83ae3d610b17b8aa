package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.CodeChecks;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.CodeVerdict.Standing;
import dev.zhanggui.portal.acceptance.PhotoCheck;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.acceptance.Storefronts;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.PhotoReading;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.Scanned;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Judges by the signature first and by the same answer that the scan page gives. */
@Service
class StoredCodeChecks implements CodeChecks {

    private final CodePhotos photos;
    private final Acceptance acceptance;
    private final Storefronts storefronts;
    private final QrCodes codes;
    private final Scans scans;
    private final Access access;
    private final String publicUrl;

    StoredCodeChecks(
            CodePhotos photos,
            Acceptance acceptance,
            Storefronts storefronts,
            QrCodes codes,
            Scans scans,
            Access access,
            @Value("${zhanggui.public-url:http://localhost:8080}") String publicUrl) {
        this.photos = photos;
        this.acceptance = acceptance;
        this.storefronts = storefronts;
        this.codes = codes;
        this.scans = scans;
        this.access = access;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    @Override
    public PhotoCheck photo(Actor actor, byte[] photo) {
        return switch (photos.read(photo)) {
            case PhotoReading.Refused(var reason) -> new PhotoCheck.Refused(reason);
            case PhotoReading.Read(var found) when found.isEmpty() -> new PhotoCheck.NothingFound();
            case PhotoReading.Read(var found) -> {
                Map<String, CodeVerdict> verdicts = new HashMap<>();
                yield new PhotoCheck.Checked(found.stream()
                        .map(code -> new PhotoCheck.CheckedCode(
                                code, verdicts.computeIfAbsent(code.text(), text -> text(actor, text))))
                        .toList());
            }
        };
    }

    @Override
    public CodeVerdict text(Actor actor, String text) {
        return switch (CodeText.read(text, publicUrl)) {
            case CodeText.Code(var code) -> judge(actor, acceptance.ask(code));
            case CodeText.Sign(var store) ->
                storefronts
                        .find(store)
                        .map(Storefront::store)
                        .<CodeVerdict>map(CodeVerdict.HoursSign::new)
                        .orElseGet(CodeVerdict.Forged::new);
            case CodeText.OurAddress() -> new CodeVerdict.Forged();
            case CodeText.Elsewhere(var to) -> new CodeVerdict.NotOurs(to);
        };
    }

    @Override
    public Optional<QrCode> named(Actor actor, String text) {
        access.requireStaff(actor);
        return CodeText.read(text, publicUrl) instanceof CodeText.Code(var code)
                        && codes.scanned(code) instanceof Scanned.Known(var known)
                ? Optional.of(known)
                : Optional.empty();
    }

    private CodeVerdict judge(Actor actor, Answer answer) {
        return switch (answer) {
            case Answer.NotOurs() -> new CodeVerdict.Forged();
            case Answer.Stopped(var code, var store) ->
                isMine(actor, store)
                        ? new CodeVerdict.YoursStopped(code, store, successor(actor, code))
                        : new CodeVerdict.Genuine(
                                store,
                                Standing.CODE_REVOKED,
                                Objects.requireNonNull(code.revocation()).at());
            case Answer.Ended(var code, var store, var ending, var at) ->
                isMine(actor, store)
                        ? new CodeVerdict.YoursEnded(code, store, Standing.of(ending), at)
                        : new CodeVerdict.Genuine(store, Standing.of(ending), at);
            case Answer.Frozen(var code, var store) ->
                isMine(actor, store)
                        ? new CodeVerdict.YoursEnded(code, store, Standing.MERCHANT_FROZEN, null)
                        : new CodeVerdict.Genuine(store, Standing.MERCHANT_FROZEN, null);
            case Answer.ByHours it -> inUse(actor, it.code(), it.store());
            case Answer.TooMuch it -> inUse(actor, it.code(), it.store());
        };
    }

    private CodeVerdict inUse(Actor actor, QrCode code, Store store) {
        return isMine(actor, store)
                ? new CodeVerdict.Yours(code, store, lastScan(actor, code))
                : new CodeVerdict.Genuine(store, Standing.IN_USE, null);
    }

    private @Nullable Instant lastScan(Actor actor, QrCode code) {
        return scans.last(actor, code.storeId()).get(code.id());
    }

    private @Nullable QrCode successor(Actor actor, QrCode code) {
        var end = Objects.requireNonNull(code.revocation());
        var next = end.replacedBy();
        return next == null ? null : codes.get(actor, next);
    }

    private boolean isMine(Actor actor, Store store) {
        return access.memberships(actor).containsKey(store.merchantId());
    }
}
