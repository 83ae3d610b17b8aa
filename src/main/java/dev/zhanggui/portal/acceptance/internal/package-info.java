/** How the answer is found, and the book of scans. */
@NullMarked
package dev.zhanggui.portal.acceptance.internal;

import org.jspecify.annotations.NullMarked;
