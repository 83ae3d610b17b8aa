package dev.zhanggui.portal.bridgelink.web;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.bridgelink.internal.WireCertificates;
import dev.zhanggui.portal.certificate.BridgeCertificates;
import dev.zhanggui.wire.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a bridge needs so that terminals believe it is one. */
@RestController
@RequestMapping(Link.PATH)
class CertificateController {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateController.class);

    private final BridgeCertificates certificates;
    private final WireCertificates wire;

    CertificateController(BridgeCertificates certificates, WireCertificates wire) {
        this.certificates = certificates;
        this.wire = wire;
    }

    @PostMapping("certificate")
    Link.CertificateAnswer certificate(@RequestBody Link.CertificateRequest request) {
        var actor = Actor.system("bridge");
        return switch (certificates.obtain(actor, request.bridge(), request.csr(), request.hosts())) {
            case BridgeCertificates.Outcome.Given(var der, var renewAt) ->
                new Link.CertificateAnswer(wire.text(der), wire.authorities(), renewAt);
            case BridgeCertificates.Outcome.Refused(var what) -> {
                LOG.warn("No certificate for a bridge: wrong is {}", what);
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
            }
        };
    }
}
