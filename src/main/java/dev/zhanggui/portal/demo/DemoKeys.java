package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.shared.MerchantId;
import org.springframework.stereotype.Component;

/** API keys of the demo. */
@Component
class DemoKeys {

    String staff() {
        return "";
    }

    String merchant(MerchantId merchant) {
        return "";
    }
}
