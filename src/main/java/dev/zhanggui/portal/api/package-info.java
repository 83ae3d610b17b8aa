/** Keys of programs, and the HTTP API {@code /api/v1} over the services that the pages use too. */
@NullMarked
package dev.zhanggui.portal.api;

import org.jspecify.annotations.NullMarked;
