/** The record as auditors read it. */
@NullMarked
package dev.zhanggui.portal.audit.ui;

import org.jspecify.annotations.NullMarked;
