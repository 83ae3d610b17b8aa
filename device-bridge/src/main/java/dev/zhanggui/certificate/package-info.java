/** Keys and certificates for TLS, as both the bridge and the terminals handle them. */
@NullMarked
package dev.zhanggui.certificate;

import org.jspecify.annotations.NullMarked;
