package dev.zhanggui.portal.qrcode;

/** A code was stopped for good; published inside the transaction, beside {@link CodesChanged}. */
public record CodeRevoked(QrCode code) {}
