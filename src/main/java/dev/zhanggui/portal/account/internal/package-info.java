/** Accounts, memberships, codes and keys in the database, and the rules of signing in. */
@NullMarked
package dev.zhanggui.portal.account.internal;

import org.jspecify.annotations.NullMarked;
