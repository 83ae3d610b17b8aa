/** HTTP for terminals that are not yet activated. */
@NullMarked
package dev.zhanggui.bridge.web;

import org.jspecify.annotations.NullMarked;
