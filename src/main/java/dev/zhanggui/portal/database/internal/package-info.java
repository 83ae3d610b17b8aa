/** Connection details, dialect and the embedded server. */
@NullMarked
package dev.zhanggui.portal.database.internal;

import org.jspecify.annotations.NullMarked;
