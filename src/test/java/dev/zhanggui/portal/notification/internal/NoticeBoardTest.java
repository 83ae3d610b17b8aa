package dev.zhanggui.portal.notification.internal;

import static dev.zhanggui.db.Tables.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.notification.Notice;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class NoticeBoardTest extends DatabaseTest {

    @Autowired
    Notices notices;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    private Fixtures.Owner owner;
    private Fixtures.Owner stranger;

    @BeforeEach
    void twoPeople() {
        owner = fixtures.owner("有消息的店");
        stranger = fixtures.owner("别家");
    }

    @Test
    void a_notice_is_its_persons_alone() {
        post("ZG2603-0001");
        assertThat(notices.mine(owner.actor(), null)).singleElement().satisfies(notice -> {
            assertThat(notice.template()).isEqualTo("applicationApproved");
            assertThat(notice.values()).containsExactly("ZG2603-0001");
            assertThat(notice.link()).isEqualTo("application/ZG2603-0001");
            assertThat(notice.createdAt()).isEqualTo(clock.instant());
            assertThat(notice.isUnread()).isTrue();
        });
        assertThat(notices.mine(stranger.actor(), null)).isEmpty();
        assertThat(notices.unread(stranger.actor())).isZero();

        long id = notices.mine(owner.actor(), null).getFirst().id();
        assertThatThrownBy(() -> notices.markRead(stranger.actor(), id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> notices.markRead(owner.actor(), -1)).isInstanceOf(NotFoundException.class);
        notices.markAllRead(stranger.actor());
        assertThat(notices.unread(owner.actor())).isEqualTo(1);
    }

    @Test
    void reading_is_once_and_keeps_its_first_moment() {
        post("ZG2603-0001");
        post("ZG2603-0002");
        long id = notices.mine(owner.actor(), null).getFirst().id();
        notices.markRead(owner.actor(), id);
        var first = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        notices.markRead(owner.actor(), id);
        assertThat(notices.mine(owner.actor(), null))
                .filteredOn(notice -> notice.id() == id)
                .extracting(Notice::readAt)
                .containsExactly(first);
        assertThat(notices.unread(owner.actor())).isEqualTo(1);
        notices.markAllRead(owner.actor());
        assertThat(notices.unread(owner.actor())).isZero();
    }

    @Test
    void pages_go_on_after_the_last_one_seen() {
        for (int i = 0; i < Notices.PAGE + 2; i++) {
            post("ZG2603-" + (1000 + i));
        }
        var first = notices.mine(owner.actor(), null);
        assertThat(first).hasSize(Notices.PAGE);
        assertThat(first.getFirst().values()).containsExactly("ZG2603-1031");
        assertThat(notices.mine(owner.actor(), first.getLast().id()))
                .extracting(notice -> notice.values().getFirst())
                .containsExactly("ZG2603-1001", "ZG2603-1000");
    }

    @Test
    void only_the_portal_itself_posts_and_programs_have_no_notices() {
        for (var actor : List.of(
                owner.actor(),
                fixtures.staff(Role.ADMIN),
                Actor.merchantKey(owner.actor().id(), "key", owner.merchant(), Role.OWNER))) {
            assertThatThrownBy(() -> notices.post(actor, owner.account(), "applicationApproved", List.of("x"), null))
                    .isInstanceOf(NotAllowedException.class);
        }
        post("ZG2603-0001");
        var key = Actor.merchantKey(owner.actor().id(), "key", owner.merchant(), Role.OWNER);
        assertThat(notices.mine(key, null)).isEmpty();
        assertThat(notices.unread(key)).isZero();
        long id = notices.mine(owner.actor(), null).getFirst().id();
        assertThatThrownBy(() -> notices.markRead(key, id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void what_it_says_is_unreadable_in_the_database() {
        post("ZG2603-0001");
        var stored = db.select(NOTICE.PARAMS)
                .from(NOTICE)
                .where(NOTICE.ACCOUNT_ID.eq(owner.account().value()))
                .fetchSingle()
                .value1();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("ZG2603");
    }

    private void post(String number) {
        notices.post(Fixtures.SYSTEM, owner.account(), "applicationApproved", List.of(number), "application/" + number);
    }
}
