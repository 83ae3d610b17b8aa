package dev.zhanggui.portal.qrcode.internal;

import org.springframework.beans.factory.BeanFactory;

/** Signed texts of codes by the million, for rows that no service could write in time. */
public final class BulkCodes {

    private final CodeSigner signer;

    public BulkCodes(BeanFactory portal) {
        this.signer = portal.getBean(CodeSigner.class);
    }

    public String next() {
        return signer.next();
    }
}
