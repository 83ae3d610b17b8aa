package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.api.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scopes a key must have, all of them; none means that any key will do. Every handler carries this. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface RequiresScope {
    Scope[] value() default {};
}
