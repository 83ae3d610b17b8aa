/** {@code /api/v1}: bearer keys, scopes, problems by RFC 9457, idempotent POSTs; thin over the modules' services. */
@NullMarked
package dev.zhanggui.portal.api.web;

import org.jspecify.annotations.NullMarked;
