/** Screens of readiness: contingency plans, and training on the phone. */
@NullMarked
package dev.zhanggui.portal.readiness.ui;

import org.jspecify.annotations.NullMarked;
