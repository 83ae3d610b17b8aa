package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.shared.DeviceClass;

/** The one line drawing of a device class, on its tile: small in lists, large on product cards. */
public class DeviceIcon extends Span {

    public DeviceIcon(DeviceClass device) {
        this(device, false);
    }

    private DeviceIcon(DeviceClass device, boolean large) {
        addClassName("zg-device");
        setClassName("large", large);
        getElement().setAttribute("aria-hidden", "true");
        add(drawing(device, large));
    }

    public static DeviceIcon large(DeviceClass device) {
        return new DeviceIcon(device, true);
    }

    /** The key of the class's name in the bundles, such as 智能 POS. */
    public static String nameKey(DeviceClass device) {
        return "uikit.device." + device.name();
    }

    /** The key of the half sentence that says what the class is good at. */
    public static String purposeKey(DeviceClass device) {
        return "uikit.device." + device.name() + ".for";
    }

    private static Svg drawing(DeviceClass device, boolean large) {
        int grid = large ? 120 : 24;
        return new Svg(
                "<svg viewBox=\"0 0 " + grid + " " + grid + "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\""
                        + (large ? "2" : "1.6") + "\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
                        + "<use href=\"app/devices.svg#" + symbol(device) + (large ? "-l" : "") + "\"/></svg>");
    }

    private static String symbol(DeviceClass device) {
        return switch (device) {
            case QR_PLATE -> "plate";
            case MPOS -> "mpos";
            case ESIGN_POS -> "esign";
            case SCAN_POS -> "scan";
            case CLOUD_POS -> "cloud";
            case SMART_POS -> "smart";
            case TOUCH_POS -> "touch";
            case CARD_POS -> "classic";
            case KIOSK -> "kiosk";
        };
    }
}
