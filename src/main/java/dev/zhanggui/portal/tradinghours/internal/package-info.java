/** Reading and writing the hours document, and where documents and closures are kept. */
@NullMarked
package dev.zhanggui.portal.tradinghours.internal;

import org.jspecify.annotations.NullMarked;
