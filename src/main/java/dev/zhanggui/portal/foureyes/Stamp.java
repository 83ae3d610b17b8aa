package dev.zhanggui.portal.foureyes;

import dev.zhanggui.portal.account.Actor;
import java.time.Instant;

/** Who and when. */
public record Stamp(Instant at, String kind, long id, String label) {

    public static Stamp of(Actor actor, Instant at) {
        return new Stamp(at, actor.kind().name(), actor.id(), actor.label());
    }

    public boolean isOf(Actor actor) {
        return id == actor.id() && kind.equals(actor.kind().name());
    }

    boolean isOfKey() {
        return kind.equals(Actor.Kind.API_KEY.name());
    }
}
