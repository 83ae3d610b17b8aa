package dev.zhanggui.portal.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhanggui.portal.support.Csrs;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-16T02:00:00.123456Z");
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final String TID = "01M8962DT5K5JS2TDBVD4APFVW";
    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=";

    private final DeviceAuthority authority = authority(OLD);

    @TempDir
    Path folder;

    @Test
    void openssl_takes_a_terminals_certificate_for_a_client_and_for_nothing_else() throws Exception {
        var openssl = new Openssl(folder);
        openssl.pem("root.pem", authority.certificates().getFirst());
        openssl.pem("terminal.pem", authority.forTerminal(key(), TID, NOW).der());

        assertThat(verify(openssl, "sslclient", "terminal.pem")).isEqualTo("terminal.pem: OK");
        assertThat(verify(openssl, "sslserver", "terminal.pem")).contains("unsuitable certificate purpose");
        assertThat(openssl.run("x509", "-in", "terminal.pem", "-noout", "-subject")
                        .output())
                .contains("CN = " + TID);
    }

    @Test
    void openssl_takes_a_brokers_certificate_for_a_server_of_its_names() throws Exception {
        var openssl = new Openssl(folder);
        openssl.pem("root.pem", authority.certificates().getFirst());
        var hosts = List.of(host("mqtt.example.com"), host("10.1.2.3"), host("::1"));
        openssl.pem(
                "broker.pem",
                authority.forListener(key(), "bridge-1", hosts, NOW).der());

        assertThat(verify(openssl, "sslserver", "broker.pem", "-verify_hostname", "mqtt.example.com"))
                .isEqualTo("broker.pem: OK");
        assertThat(verify(openssl, "sslserver", "broker.pem", "-verify_ip", "10.1.2.3"))
                .isEqualTo("broker.pem: OK");
        assertThat(verify(openssl, "sslserver", "broker.pem", "-verify_ip", "::1"))
                .isEqualTo("broker.pem: OK");
        assertThat(verify(openssl, "sslserver", "broker.pem", "-verify_hostname", "bridge-1"))
                .contains("hostname mismatch");
        assertThat(verify(openssl, "sslclient", "broker.pem")).contains("unsuitable certificate purpose");
    }

    @Test
    void a_terminals_certificate_says_who_it_is_and_since_when() throws Exception {
        var issued = authority.forTerminal(key(), TID, NOW);
        var certificate = parse(issued.der());

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + TID);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(certificate.getNotBefore().toInstant())
                .isEqualTo(issued.notBefore())
                .isEqualTo(Instant.parse("2026-03-16T01:55:00Z"));
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(issued.notAfter())
                .isEqualTo(Instant.parse("2026-06-14T02:00:00Z"));
        assertThat(issued.renewAt()).isBetween(NOW.plus(Duration.ofDays(59)), NOW.plus(Duration.ofDays(60)));
        assertThat(issued.thumbprint())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(issued.der()));
        assertThat(issued.serialNumber())
                .isEqualTo(certificate.getSerialNumber().toString(16));
    }

    @Test
    void serial_numbers_are_random_and_of_128_bits() {
        var key = key();
        var numbers = Stream.generate(() -> authority.forTerminal(key, TID, NOW))
                .limit(64)
                .map(issued -> HexFormat.fromHexDigitsToLong(("0".repeat(32) + issued.serialNumber())
                        .substring(issued.serialNumber().length() + 16)))
                .toList();
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(numbers.stream().reduce(0L, (a, b) -> a | b)).isEqualTo(-1L);
    }

    @Test
    void the_authoritys_own_certificate_follows_from_its_key() throws Exception {
        var root = authority.certificates().getFirst();
        var certificate = parse(root);

        assertThat(authority(OLD).certificates().getFirst()).isEqualTo(root);
        assertThat(authority(NEW).certificates().getFirst()).isNotEqualTo(root);
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(certificate.getSubjectX500Principal().getName()).startsWith("CN=Zhanggui device authority ");
    }

    @Test
    void of_several_keys_the_first_one_signs_and_all_are_told() throws Exception {
        var rotating = authority(NEW + ", " + OLD);
        var openssl = new Openssl(folder);
        openssl.pem("root.pem", authority.certificates().getFirst());
        openssl.pem("terminal.pem", rotating.forTerminal(key(), TID, NOW).der());

        assertThat(rotating.certificates())
                .containsExactly(
                        authority(NEW).certificates().getFirst(),
                        authority(OLD).certificates().getFirst());
        assertThat(verify(openssl, "sslclient", "terminal.pem")).contains("unable to get local issuer certificate");
        openssl.pem("root.pem", rotating.certificates().getFirst());
        assertThat(verify(openssl, "sslclient", "terminal.pem")).isEqualTo("terminal.pem: OK");
        assertThat(Arrays.equals(rotating.signingKeyId(), authority(NEW).signingKeyId()))
                .isTrue();
    }

    @Test
    void production_refuses_to_start_without_a_key_of_its_own() {
        var development = Base64.getEncoder().encodeToString(DeviceAuthority.DEVELOPMENT_SEED);
        for (var configured : List.of("", development, OLD + "," + development)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new DeviceAuthority(configured, NINETY_DAYS, false))
                    .withMessageContaining("ZHANGGUI_DEVICE_AUTHORITY_KEY is missing");
        }
        assertThat(new DeviceAuthority("", NINETY_DAYS, true).certificates().getFirst())
                .isEqualTo(new DeviceAuthority(development, NINETY_DAYS, true)
                        .certificates()
                        .getFirst());
    }

    @Test
    void a_key_of_another_size_is_refused_without_being_quoted() {
        for (var configured : List.of("c2VjcmV0", "not base64!", OLD + ",", "," + OLD, OLD + ",c2VjcmV0")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new DeviceAuthority(configured, NINETY_DAYS, true))
                    .withMessage("ZHANGGUI_DEVICE_AUTHORITY_KEY is not the base64 text of 32 bytes");
        }
    }

    @Test
    void certificates_are_good_for_between_an_hour_and_825_days() {
        for (var wrong : List.of(Duration.ZERO, Duration.ofMinutes(59), Duration.ofDays(826))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new DeviceAuthority(OLD, wrong, true))
                    .withMessageContaining("ZHANGGUI_DEVICE_CERTIFICATE_VALID is between");
        }
    }

    private static String verify(Openssl openssl, String purpose, String name, String... more) throws Exception {
        var command = new ArrayList<>(
                List.of("verify", "-x509_strict", "-attime", Long.toString(NOW.getEpochSecond()), "-purpose", purpose));
        command.addAll(List.of(more));
        command.addAll(List.of("-CAfile", "root.pem", name));
        return openssl.run(command.toArray(String[]::new)).output().strip();
    }

    private static DeviceAuthority authority(String keys) {
        return new DeviceAuthority(keys, NINETY_DAYS, false);
    }

    private static RequestedKey key() {
        return RequestedKey.check(Csrs.fresh()).orThrow();
    }

    private static ListenerHost host(String text) {
        return ListenerHost.check(text).orThrow();
    }

    private static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
