/** When a store trades and what happens outside those hours: a pure evaluator, its document, and the service around it. */
@NullMarked
package dev.zhanggui.portal.tradinghours;

import org.jspecify.annotations.NullMarked;
