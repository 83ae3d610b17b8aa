/** What a maker of terminals runs against a terminal: portal and broker for this one, a list of checks, a report. */
@NullMarked
package dev.zhanggui.conformance;

import org.jspecify.annotations.NullMarked;
