package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import java.util.List;

/** Steps by name, at most five: done, current, to come. */
public class Steps extends OrderedList {

    public Steps(List<String> names, int current) {
        addClassName("zg-steps");
        for (int i = 0; i < names.size(); i++) {
            var step = new ListItem(names.get(i));
            step.addClassName("zg-step");
            step.setClassName("done", i < current);
            step.setClassName("current", i == current);
            if (i == current) {
                step.getElement().setAttribute("aria-current", "step");
            }
            add(step);
        }
    }
}
