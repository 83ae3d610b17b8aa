/** What one person proposes and another decides: who may, what is recorded, and how it comes to hold in every portal. */
@NullMarked
package dev.zhanggui.portal.foureyes;

import org.jspecify.annotations.NullMarked;
