package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.Component;

/** Something that a module puts into the header, beside the language; made anew for each page that is opened. */
public interface HeaderTool {

    /** What the person who is signed in now gets to see. */
    Component create();
}
