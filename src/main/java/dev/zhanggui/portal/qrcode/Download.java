package dev.zhanggui.portal.qrcode;

import java.time.Instant;

/** Somebody took a picture of a code away. */
public record Download(String by, Printing.Shape shape, Instant at) {}
