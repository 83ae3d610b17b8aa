/**
 * Payloads of EMVCo's QR Code Specification for Payment Systems, Merchant-Presented Mode, version 1.1 of November 2020: read
 * strictly, written from a merchant's data. Pure functions, no I/O. Numbers in parentheses are the specification's own.
 */
@NullMarked
@NamedInterface("emv")
package dev.zhanggui.portal.qrcode.emv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
