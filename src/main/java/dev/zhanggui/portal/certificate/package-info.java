/** Certificates: the authority of the devices, which signs for terminals and for the brokers that they meet. */
@NullMarked
package dev.zhanggui.portal.certificate;

import org.jspecify.annotations.NullMarked;
