package dev.zhanggui.portal.account;

import java.util.Optional;

/** The actor behind the current request, for views and controllers only: services are handed theirs. */
public interface CurrentActor {

    /** {@link IllegalStateException} when nobody is signed in. */
    Actor get();

    Optional<Actor> find();
}
