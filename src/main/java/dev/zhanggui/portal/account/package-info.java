/** People, their roles and what they may touch: who acts, and with which right. */
@NullMarked
package dev.zhanggui.portal.account;

import org.jspecify.annotations.NullMarked;
