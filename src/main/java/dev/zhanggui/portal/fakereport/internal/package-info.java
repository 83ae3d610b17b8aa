/** Keeps reports and moves them from open to closed. */
@NullMarked
package dev.zhanggui.portal.fakereport.internal;

import org.jspecify.annotations.NullMarked;
