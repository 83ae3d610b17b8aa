package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;

/** One verdict in big words, with the facts that anybody can compare with what is on the counter. */
final class VerdictCard extends Div {

    VerdictCard(CodeVerdict verdict, VerdictWords words) {
        addClassName("zg-stack");
        var meaning = words.meaning(verdict);
        var title = new H2(glyph(meaning).icon());
        title.add(words.title(verdict));
        var sign = new Div(title, new Paragraph(words.why(verdict)));
        sign.addClassNames("zg-verdict", meaning.cssClass());
        add(sign);
        var facts = facts(verdict, words);
        if (facts.getComponentCount() > 0) {
            add(facts);
        }
    }

    private Facts facts(CodeVerdict verdict, VerdictWords words) {
        var facts = new Facts();
        facts.addClassName("zg-verdict-facts");
        switch (verdict) {
            case CodeVerdict.Yours it -> {
                plate(facts, it.code());
                var last = it.lastScan();
                facts.fact(
                        getTranslation("codes.check.lastScan"),
                        last == null ? getTranslation("codes.scanned.never") : words.moment(last, it.store()));
            }
            case CodeVerdict.YoursStopped it -> plate(facts, it.code());
            case CodeVerdict.YoursEnded it -> plate(facts, it.code());
            case CodeVerdict.NotOurs(var to) ->
                facts.fact(
                        getTranslation("codes.check.to"),
                        to.isEmpty()
                                ? getTranslation("codes.check.to.nowhere")
                                : getTranslation("codes.check.to.host", to));
            case CodeVerdict.Genuine it ->
                facts.fact(getTranslation("codes.check.of"), it.store().name());
            case CodeVerdict.HoursSign it -> {}
            case CodeVerdict.Forged it -> {}
        }
        return facts;
    }

    private void plate(Facts facts, QrCode code) {
        if (code.number() > 0) {
            facts.fact(getTranslation("codes.check.place"), code.place() + " · " + code.numberText());
        }
        var holder = code.holder();
        if (holder != null) {
            facts.fact(getTranslation("codes.holder"), holder);
        }
    }

    private static Glyph glyph(Meaning meaning) {
        return switch (meaning) {
            case OPEN -> Glyph.DONE;
            case CLOSED -> Glyph.INFO;
            case ATTEND -> Glyph.WARN;
            case STOP -> Glyph.STOP;
        };
    }
}
