/** How what is usual in an industry changes: version by version, proposed by one person and published by another. */
@NullMarked
package dev.zhanggui.portal.tradinghours.packs;

import org.jspecify.annotations.NullMarked;
