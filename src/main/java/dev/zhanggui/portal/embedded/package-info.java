/** The embedded database of bin/run and the tests: a MariaDB server of our own process tree. */
@NullMarked
package dev.zhanggui.portal.embedded;

import org.jspecify.annotations.NullMarked;
