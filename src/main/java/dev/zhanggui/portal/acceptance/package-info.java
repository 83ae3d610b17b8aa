/** The one answer to "may this collect now, and why": for the scan page, the API and everything that will take money. */
@NullMarked
package dev.zhanggui.portal.acceptance;

import org.jspecify.annotations.NullMarked;
