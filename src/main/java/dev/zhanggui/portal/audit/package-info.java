/** The append-only record of every change and of every look at personal data. */
@NullMarked
package dev.zhanggui.portal.audit;

import org.jspecify.annotations.NullMarked;
