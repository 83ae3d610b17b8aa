/** Signing in, and the administrator's list of staff. */
@NullMarked
package dev.zhanggui.portal.account.ui;

import org.jspecify.annotations.NullMarked;
