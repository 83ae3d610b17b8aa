/** The form on which anybody reports a fake code. */
@NullMarked
package dev.zhanggui.portal.fakereport.web;

import org.jspecify.annotations.NullMarked;
