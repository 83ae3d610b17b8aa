package dev.zhanggui.portal.ordering;

import dev.zhanggui.portal.shared.Phone;

/** To whom a parcel goes, in clear: encrypted at rest, and masked on screens. */
public record Recipient(String name, Phone phone, String address) {

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_ADDRESS = 200;

    public Recipient {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("recipient name");
        }
        if (address.isBlank() || address.length() > LONGEST_ADDRESS) {
            throw new IllegalArgumentException("recipient address");
        }
    }

    /** 陈*: the family name only. */
    public String maskedName() {
        return name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
    }

    /** The address with its numbers starred: 解放路 ** 号. */
    public String maskedAddress() {
        return address.replaceAll("[0-9０-９]", "*");
    }

    @Override
    public String toString() {
        return maskedName() + " " + phone.masked();
    }
}
