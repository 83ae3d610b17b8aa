package dev.zhanggui.portal.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CutPageTest {

    private static final String ONCE = "01KTESTTESTTESTTESTTESTTES";

    @Test
    void a_page_is_put_together_as_it_was_but_for_what_each_reader_gets_anew() {
        var html = "<style>" + Frame.STYLE + "</style>牛肉面 <input value=\"" + ONCE + "\">后面<script>" + Frame.SCRIPT
                + "</script>";
        var other = "01KOTHEROTHEROTHEROTHEROTH";

        assertThat(text(CutPage.of(html, ONCE).with(ONCE))).isEqualTo(html);
        assertThat(text(CutPage.of(html, ONCE).with(other))).isEqualTo(html.replace(ONCE, other));
    }

    @Test
    void a_page_without_a_form_or_a_script_is_sent_as_it_is() {
        var html = "<style>" + Frame.STYLE + "</style>别付款";

        assertThat(text(CutPage.of(html, ONCE).with(ONCE))).isEqualTo(html);
        assertThat(text(CutPage.of("别付款", ONCE).with(ONCE))).isEqualTo("别付款");
    }

    private static String text(byte[] page) {
        return new String(page, StandardCharsets.UTF_8);
    }
}
