/** Breaks what can break between portal and terminals, writes down what happened, and checks the bridge's promises offline. */
@NullMarked
package dev.zhanggui.nemesis;

import org.jspecify.annotations.NullMarked;
