/** The applicant's pages: what it takes, one question per screen, and the timeline afterwards. */
@NullMarked
package dev.zhanggui.portal.onboarding.ui;

import org.jspecify.annotations.NullMarked;
