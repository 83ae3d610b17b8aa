/** What a terminal believes: signatures, addresses, versions, digests. Written without a look at the portal's own code. */
@NullMarked
package dev.zhanggui.terminal.trust;

import org.jspecify.annotations.NullMarked;
