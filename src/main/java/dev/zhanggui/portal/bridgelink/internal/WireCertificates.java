package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.certificate.DeviceAuthority;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/** Certificates as the wire carries them: the base64 text of their DER. */
@Component
public class WireCertificates {

    private final DeviceAuthority authority;

    WireCertificates(DeviceAuthority authority) {
        this.authority = authority;
    }

    public String text(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    public List<String> authorities() {
        return authority.certificates().stream().map(this::text).toList();
    }
}
