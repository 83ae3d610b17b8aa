/** The page a payer sees after scanning: plain HTML, no framework, no session. */
@NullMarked
package dev.zhanggui.portal.acceptance.web;

import org.jspecify.annotations.NullMarked;
