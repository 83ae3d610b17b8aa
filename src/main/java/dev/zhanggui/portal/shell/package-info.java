/** The frame around every page: layout, navigation, security chain, languages, and what is shown when something fails. */
@NullMarked
package dev.zhanggui.portal.shell;

import org.jspecify.annotations.NullMarked;
