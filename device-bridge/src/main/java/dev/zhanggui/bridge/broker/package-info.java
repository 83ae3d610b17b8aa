/** The way to the terminals: one port, an embedded broker by default, an external one by configuration. */
@NullMarked
package dev.zhanggui.bridge.broker;

import org.jspecify.annotations.NullMarked;
