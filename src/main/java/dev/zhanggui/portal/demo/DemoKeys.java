package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.shared.MerchantId;

/** API keys of the demo. */
@DemoOnly
class DemoKeys {

    String staff() {
        return "";
    }

    String merchant(MerchantId merchant) {
        return "";
    }
}
