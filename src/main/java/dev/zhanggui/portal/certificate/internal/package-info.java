/** What bridges were given is remembered here. */
@NullMarked
package dev.zhanggui.portal.certificate.internal;

import org.jspecify.annotations.NullMarked;
