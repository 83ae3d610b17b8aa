/** The pages a payer sees, after scanning or in doubt: plain HTML, no framework, no session. */
@NamedInterface("web")
@NullMarked
package dev.zhanggui.portal.acceptance.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
