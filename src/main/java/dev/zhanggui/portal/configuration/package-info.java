/** What each terminal should run: compiled, versioned, signed, handed out, and what the terminal proved it runs. */
@NullMarked
package dev.zhanggui.portal.configuration;

import org.jspecify.annotations.NullMarked;
