package dev.zhanggui.portal.qrcode.emv;

import java.util.List;

/** What became of a text that should be a payload. */
public sealed interface EmvReading {

    /** @param remarks what is allowed but odd, in the order of the text */
    record Read(EmvPayload payload, List<EmvFinding> remarks) implements EmvReading {

        public Read {
            remarks = List.copyOf(remarks);
        }
    }

    /** @param errors at least one, in the order of the text; a text that falls apart is told the first place only */
    record Refused(List<EmvFinding> errors) implements EmvReading {

        public Refused {
            errors = List.copyOf(errors);
        }
    }
}
