/** Tables, signing, compiling and handing out. */
@NullMarked
package dev.zhanggui.portal.configuration.internal;

import org.jspecify.annotations.NullMarked;
