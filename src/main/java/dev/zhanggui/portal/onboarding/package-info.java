/** Applications for a terminal: from the first typed field to the approved merchant, with every step answerable. */
@NullMarked
package dev.zhanggui.portal.onboarding;

import org.jspecify.annotations.NullMarked;
