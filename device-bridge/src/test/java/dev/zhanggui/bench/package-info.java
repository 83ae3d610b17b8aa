/** Benchmarks against a running {@code bin/run}; {@code bin/bench} starts them. */
@NullMarked
package dev.zhanggui.bench;

import org.jspecify.annotations.NullMarked;
