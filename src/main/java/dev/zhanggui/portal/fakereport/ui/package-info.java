/** Screens for who follows reports up, and for the merchant they are about. */
@NullMarked
package dev.zhanggui.portal.fakereport.ui;

import org.jspecify.annotations.NullMarked;
