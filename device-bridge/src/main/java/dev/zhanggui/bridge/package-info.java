/** The device bridge: delivers what the portal decides, brings back what the terminals prove; holds no database and no signing key. */
@NullMarked
package dev.zhanggui.bridge;

import org.jspecify.annotations.NullMarked;
