package dev.zhanggui.conformance;

import dev.zhanggui.wire.Text;
import java.util.Optional;

/** Hands and eyes beside the terminal. */
interface Operator {

    /** Nobody is there. */
    Operator NOBODY = question -> Optional.empty();

    /** Empty when nobody can say. */
    Optional<Boolean> sees(Text question);
}
