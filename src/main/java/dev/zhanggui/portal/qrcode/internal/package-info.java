/** How codes are signed, drawn, checked and stored; the only user of qrcodegen, ZXing and PDFBox. */
@NullMarked
package dev.zhanggui.portal.qrcode.internal;

import org.jspecify.annotations.NullMarked;
