package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.CodeVerdict.Standing;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A verdict in the words of who stands at the counter.
 *
 * @param page whose language is spoken
 * @param here the store that is looked at
 */
record VerdictWords(Component page, Store here, Clock clock) {

    /** Red: what has to come off the counter. Amber: what its own merchant has to put right. */
    Meaning meaning(CodeVerdict verdict) {
        return switch (verdict) {
            case CodeVerdict.Yours it -> isHere(it.store()) ? Meaning.OPEN : Meaning.ATTEND;
            case CodeVerdict.YoursStopped it -> Meaning.STOP;
            case CodeVerdict.YoursEnded it -> Meaning.ATTEND;
            case CodeVerdict.Genuine it -> Meaning.STOP;
            case CodeVerdict.HoursSign it -> Meaning.CLOSED;
            case CodeVerdict.Forged it -> Meaning.STOP;
            case CodeVerdict.NotOurs it -> Meaning.STOP;
        };
    }

    String title(CodeVerdict verdict) {
        return say("codes.check." + key(verdict));
    }

    /** For the tag at the frame in the photo. */
    String tag(CodeVerdict verdict) {
        return say("codes.check." + key(verdict) + ".tag");
    }

    String why(CodeVerdict verdict) {
        var why = "codes.check." + key(verdict) + ".why";
        return switch (verdict) {
            case CodeVerdict.Yours it ->
                it.code().terms() instanceof CodeTerms.OfOrder order
                        ? say(why, order.number(), moment(order.expiresAt(), it.store()))
                        : isHere(it.store())
                                ? say(why, it.code().place(), it.code().numberText())
                                : say(why, it.store().name(), it.code().place());
            case CodeVerdict.YoursStopped it -> say(why, stopped(it)) + successor(it.successor());
            case CodeVerdict.YoursEnded it -> standing(it.standing(), it.at(), it.store());
            case CodeVerdict.Genuine it ->
                say(
                        it.standing() == Standing.IN_USE ? why : "codes.check.genuine.idle",
                        it.store().name());
            case CodeVerdict.HoursSign it -> say(why, it.store().name());
            case CodeVerdict.Forged it -> say(why);
            case CodeVerdict.NotOurs it -> say(why);
        };
    }

    private String stopped(CodeVerdict.YoursStopped verdict) {
        var end = Objects.requireNonNull(verdict.code().revocation());
        return say(
                "codes.stopped.when",
                moment(end.at(), verdict.store()),
                end.note() == null ? say("codes.reason." + end.reason()) : end.note());
    }

    private String successor(@Nullable QrCode successor) {
        return successor == null ? "" : say("codes.check.stopped.next", successor.place(), successor.numberText());
    }

    private String standing(Standing standing, @Nullable Instant at, Store store) {
        return say("codes.check.standing." + standing, at == null ? "" : moment(at, store));
    }

    private String key(CodeVerdict verdict) {
        return switch (verdict) {
            case CodeVerdict.Yours it when it.code().terms() instanceof CodeTerms.OfOrder -> "order";
            case CodeVerdict.Yours it -> isHere(it.store()) ? "yours" : "elsewhere";
            case CodeVerdict.YoursStopped it -> "stopped";
            case CodeVerdict.YoursEnded it -> "ended";
            case CodeVerdict.Genuine it -> "genuine";
            case CodeVerdict.HoursSign it -> "sign";
            case CodeVerdict.Forged it -> "forged";
            case CodeVerdict.NotOurs it -> "notOurs";
        };
    }

    /** Where it hangs though it should not: a payer's money goes wrong, or nowhere. */
    boolean mustGo(CodeVerdict verdict) {
        return verdict.isFake() || verdict instanceof CodeVerdict.Genuine;
    }

    private boolean isHere(Store store) {
        return store.id().equals(here.id());
    }

    String moment(Instant at, Store store) {
        return new HumanTime(clock, store.zone(), page.getUI().orElseThrow().getLocale()).moment(at);
    }

    private String say(String key, Object... values) {
        return page.getTranslation(key, values);
    }
}
