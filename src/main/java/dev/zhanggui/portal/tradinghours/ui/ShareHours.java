package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.tradinghours.PublicNotice;
import dev.zhanggui.portal.tradinghours.PublicNotice.Paper;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Toast;
import java.io.ByteArrayInputStream;
import java.util.Locale;

/** Hours for customers: the page's address to copy or pass on, and posters for the door. */
class ShareHours extends Composite<Section> {

    /** Some browsers lend the clipboard only to secure pages, and only during the click itself. */
    private static final String COPY = """
            this.addEventListener('click', async () => {
              try {
                await navigator.clipboard.writeText($0);
              } catch (e) {
                const field = document.createElement('textarea');
                field.value = $0;
                document.body.append(field);
                field.select();
                document.execCommand('copy');
                field.remove();
              }
              this.dispatchEvent(new CustomEvent('zg-copied'));
            });
            """;

    private static final String SHARE = """
            if (!navigator.share) this.hidden = true;
            else this.addEventListener('click', () => navigator.share({title: $0, url: $1}).catch(() => {}));
            """;

    private final transient PublicNotice notice;
    private final transient CurrentActor actor;
    private final transient Store store;

    ShareHours(PublicNotice notice, CurrentActor actor, Store store) {
        this.notice = notice;
        this.actor = actor;
        this.store = store;
        var address = notice.address(store);
        var page = new Anchor(address, address, AnchorTarget.BLANK);
        page.addClassNames("zg-small", "zg-hours-address");
        var copy = new Button(getTranslation("tradinghours.share.copy"), Glyph.COPY.icon());
        copy.getElement().executeJs(COPY, address);
        copy.getElement()
                .addEventListener("zg-copied", event -> Toast.done(getTranslation("tradinghours.share.copied")));
        var share = new Button(getTranslation("tradinghours.share.share"), Glyph.NEXT.icon());
        share.getElement().executeJs(SHARE, getTranslation("tradinghours.share.of", store.name()), address);
        var actions = new Div(copy, share);
        actions.addClassNames("zg-row", "wrap");

        var name = new Span(getTranslation("tradinghours.share.poster"));
        name.addClassNames("zg-small", "zg-muted");
        var posters = new Div(name);
        for (var locale : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH}) {
            for (var paper : Paper.values()) {
                posters.add(poster(paper, locale));
            }
        }
        posters.addClassNames("zg-row", "wrap");
        var body = new Div(page, actions, posters);
        body.addClassName("zg-stack");
        getContent().add(body);
    }

    @Override
    protected Section initContent() {
        return new Section(getTranslation("tradinghours.share"));
    }

    private Anchor poster(Paper paper, Locale locale) {
        var words = paper + " " + getTranslation("tradinghours.share.poster." + locale.getLanguage());
        var link = new Anchor(download(paper, locale), words);
        link.setAriaLabel(getTranslation("tradinghours.share.poster") + " " + words);
        return link;
    }

    private DownloadHandler download(Paper paper, Locale locale) {
        return DownloadHandler.fromInputStream(event -> {
            var poster = notice.poster(actor.get(), store.id(), paper, locale);
            if (poster.isEmpty()) {
                event.getUI()
                        .access(() -> Toast.failed(
                                getTranslation("tradinghours.share.noFont"),
                                getTranslation("tradinghours.share.noFont.todo")));
                return DownloadResponse.error(503);
            }
            var content = poster.get().content();
            return new DownloadResponse(
                    new ByteArrayInputStream(content), poster.get().fileName(), "application/pdf", content.length);
        });
    }
}
