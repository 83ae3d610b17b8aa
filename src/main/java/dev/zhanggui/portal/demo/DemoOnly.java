package dev.zhanggui.portal.demo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** A component that exists only where demo mode and demo data are both switched on. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Component
@ConditionalOnProperty(
        name = {"zhanggui.demo", "zhanggui.demo-data"},
        havingValue = "true")
@interface DemoOnly {}
