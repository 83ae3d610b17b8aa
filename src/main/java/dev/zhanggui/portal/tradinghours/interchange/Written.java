package dev.zhanggui.portal.tradinghours.interchange;

import java.util.List;

/** @param notCarried what the format has no words for; empty when the text says all */
public record Written(String text, List<Finding> notCarried) {

    public Written {
        notCarried = List.copyOf(notCarried);
    }
}
