package dev.zhanggui.portal.qrcode.emv;

import java.util.List;

/** Whom to pay, in the words of one payment system (4.7.9). */
public sealed interface MerchantAccount {

    /** Two digits, 02 to 51. */
    String id();

    /** 02 to 25: the id itself names the payment system, the value is its business. */
    record Primitive(String id, Scheme scheme, String value) implements MerchantAccount {}

    /**
     * 26 to 51: the globally unique identifier names the payment system.
     *
     * @param objects without the identifier, in their order
     */
    record Template(String id, String guid, List<DataObject> objects) implements MerchantAccount {

        public Template {
            objects = List.copyOf(objects);
        }
    }

    /** Table 4.1. */
    enum Scheme {
        VISA(2, 3),
        MASTERCARD(4, 5),
        DISCOVER(9, 10),
        AMEX(11, 12),
        JCB(13, 14),
        UNIONPAY(15, 16),
        /** 06 to 08 and 17 to 25: kept by EMVCo. */
        RESERVED(0, 0);

        private final int first;
        private final int last;

        Scheme(int first, int last) {
            this.first = first;
            this.last = last;
        }

        static Scheme of(int id) {
            for (var scheme : values()) {
                if (id >= scheme.first && id <= scheme.last) {
                    return scheme;
                }
            }
            return RESERVED;
        }
    }
}
