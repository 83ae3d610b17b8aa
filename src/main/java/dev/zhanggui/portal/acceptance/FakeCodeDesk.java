package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/** Where a member says that a code on the counter is a fake. Who follows it up stands above this module. */
public interface FakeCodeDesk {

    /**
     * @param code what it says
     * @param expected the plate that should have been there; null when nobody said which
     * @param photo null when the code was typed
     * @param once new for each wish, so that a double press is one report
     */
    record FoundFake(StoreId store, String code, @Nullable QrCode expected, byte @Nullable [] photo, String once) {}

    /** Opens a case for staff, for CASHIER and above; the number it is known by. */
    String report(Actor actor, FoundFake fake);
}
