/** Terminals: the catalogue of models, the stock by serial number, activation, and the binding of PBOC 259 [2021]. */
@NullMarked
package dev.zhanggui.portal.terminal;

import org.jspecify.annotations.NullMarked;
