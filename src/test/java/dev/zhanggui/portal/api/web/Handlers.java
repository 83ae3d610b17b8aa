package dev.zhanggui.portal.api.web;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** Looks at the controllers from within their package. */
public final class Handlers {

    private Handlers() {}

    /** Handlers that forgot to say which scopes a key needs. */
    public static List<Method> withoutScopes() {
        return Stream.of(
                        StoresController.class,
                        QrCodesController.class,
                        TerminalsController.class,
                        ApplicationsController.class,
                        ReferenceController.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                .filter(method -> !method.isAnnotationPresent(RequiresScope.class))
                .toList();
    }
}
