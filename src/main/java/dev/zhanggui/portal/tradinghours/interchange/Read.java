package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import java.util.List;

/** What became of a text. */
public sealed interface Read {

    /** @param warnings what was assumed or left out, for the person to see before it is used */
    record Valid(HoursDocument document, List<Finding> warnings) implements Read {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** At least one error, in the order of the text; nothing of the text is used. */
    record Invalid(List<Finding> errors) implements Read {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }
}
