/** A portal made for tests: real signatures, real HTTP, nothing else. */
@NullMarked
package dev.zhanggui.support;

import org.jspecify.annotations.NullMarked;
