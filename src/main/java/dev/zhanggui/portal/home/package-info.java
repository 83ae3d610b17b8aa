/** The merchant's first page: puts together what the modules know about one store. Owns nothing itself. */
@NullMarked
package dev.zhanggui.portal.home;

import org.jspecify.annotations.NullMarked;
