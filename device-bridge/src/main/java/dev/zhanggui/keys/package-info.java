/** The offline tool that makes roots: keys, documents that name signing keys, signatures. Runs on a machine without a network. */
@NullMarked
package dev.zhanggui.keys;

import org.jspecify.annotations.NullMarked;
