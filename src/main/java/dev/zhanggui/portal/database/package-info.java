/** The way to MySQL: an external server by environment, or an embedded MariaDB for bin/run and the tests. */
@NullMarked
package dev.zhanggui.portal.database;

import org.jspecify.annotations.NullMarked;
