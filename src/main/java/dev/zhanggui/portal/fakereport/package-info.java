/** Reports of fake codes: anybody can send one, staff follow it up, and the merchant whose code it is about hears of it. */
@NullMarked
package dev.zhanggui.portal.fakereport;

import org.jspecify.annotations.NullMarked;
