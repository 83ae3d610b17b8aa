package dev.zhanggui.portal.notification.internal;

import static dev.zhanggui.db.Tables.NOTICE;

import dev.zhanggui.db.tables.records.NoticeRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.notification.Notice;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.notification.NoticesChanged;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import java.time.Clock;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Notices are rows of one account; what they say may be personal and is encrypted. */
@Service
class NoticeBoard implements Notices {

    private static final String PARAMS = "notice.params";

    private final DSLContext db;
    private final Access access;
    private final PersonalDataCipher cipher;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();

    NoticeBoard(
            DSLContext db, Access access, PersonalDataCipher cipher, ApplicationEventPublisher events, Clock clock) {
        this.db = db;
        this.access = access;
        this.cipher = cipher;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void post(Actor actor, AccountId to, String template, List<String> values, @Nullable String link) {
        access.requireStaff(actor);
        db.insertInto(NOTICE)
                .set(NOTICE.ID, Ids.next())
                .set(NOTICE.ACCOUNT_ID, to.value())
                .set(NOTICE.TEMPLATE, template)
                .set(NOTICE.PARAMS, cipher.encrypt(PARAMS, json.writeValueAsString(values)))
                .set(NOTICE.LINK, link)
                .set(NOTICE.CREATED_AT, clock.instant())
                .execute();
        events.publishEvent(new NoticesChanged(to));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Notice> mine(Actor actor, @Nullable Long before) {
        if (actor.kind() != Actor.Kind.PERSON) {
            return List.of();
        }
        return db.selectFrom(NOTICE)
                .where(NOTICE.ACCOUNT_ID.eq(actor.id()))
                .and(before == null ? DSL.noCondition() : NOTICE.ID.lt(before))
                .orderBy(NOTICE.ID.desc())
                .limit(PAGE)
                .fetch(this::notice);
    }

    @Override
    @Transactional(readOnly = true)
    public int unread(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON
                ? db.fetchCount(db.select(NOTICE.ID)
                        .from(NOTICE)
                        .where(NOTICE.ACCOUNT_ID.eq(actor.id()))
                        .and(NOTICE.READ_AT.isNull())
                        .limit(COUNT_MOST))
                : 0;
    }

    @Override
    @Transactional
    public void markRead(Actor actor, long id) {
        boolean own = actor.kind() == Actor.Kind.PERSON
                && db.fetchExists(db.selectFrom(NOTICE).where(NOTICE.ID.eq(id)).and(NOTICE.ACCOUNT_ID.eq(actor.id())));
        if (!own) {
            throw new NotFoundException("notice:" + id);
        }
        int changed = db.update(NOTICE)
                .set(NOTICE.READ_AT, clock.instant())
                .where(NOTICE.ID.eq(id))
                .and(NOTICE.READ_AT.isNull())
                .execute();
        if (changed == 1) {
            events.publishEvent(new NoticesChanged(actor.accountId()));
        }
    }

    @Override
    @Transactional
    public void markAllRead(Actor actor) {
        if (actor.kind() != Actor.Kind.PERSON) {
            return;
        }
        db.update(NOTICE)
                .set(NOTICE.READ_AT, clock.instant())
                .where(NOTICE.ACCOUNT_ID.eq(actor.id()))
                .and(NOTICE.READ_AT.isNull())
                .execute();
        events.publishEvent(new NoticesChanged(actor.accountId()));
    }

    private Notice notice(NoticeRecord row) {
        return new Notice(
                row.getId(),
                row.getTemplate(),
                json.readValue(cipher.decrypt(PARAMS, row.getParams()), new TypeReference<List<String>>() {}),
                row.getLink(),
                row.getCreatedAt(),
                row.getReadAt());
    }
}
