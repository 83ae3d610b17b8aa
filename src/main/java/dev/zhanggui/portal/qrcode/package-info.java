/** Collection codes: signed ids, pictures of them that are decoded before anyone gets one, custody and revocation. */
@NullMarked
package dev.zhanggui.portal.qrcode;

import org.jspecify.annotations.NullMarked;
