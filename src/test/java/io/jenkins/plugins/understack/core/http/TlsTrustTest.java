package io.jenkins.plugins.understack.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.broker.TestCertificates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTrustTest {
    private static TestCertificates certificates;
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        certificates = TestCertificates.in(directory).sign("server", "san=dns:localhost");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificates.keyStore("server"), TestCertificates.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = TestServer.start(context).on("/", exchange -> TestServer.answer(exchange, 204, new byte[0]));
        authority = Files.readString(certificates.file("ca.pem"));
    }

    private static String authority;

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void trustsAnAuthorityForTheHostOfTheCertificate() throws Exception {
        TlsTrust trust = new TlsTrust("Comment of the bundle\n" + authority + authority, false);

        assertThat(status(trust, "localhost")).isEqualTo(204);
        assertNotTrusted(trust, "127.0.0.1");
        assertNotTrusted(TlsTrust.DEFAULT, "localhost");
        assertNotTrusted(new TlsTrust(Files.readString(certificates.file("server.pem")), false), "127.0.0.1");
    }

    @Test
    void insecureTrustsAnyCertificateOfAnyHost() throws Exception {
        TlsTrust trust = new TlsTrust("", true);

        assertThat(status(trust, "localhost")).isEqualTo(204);
        assertThat(status(trust, "127.0.0.1")).isEqualTo(204);
    }

    @Test
    void refusesWhatIsNoBundleOrContradictory() {
        assertThatThrownBy(() -> new TlsTrust("-----BEGIN", false)).hasMessageStartingWith("caCertificate: holds no certificate");
        assertThatThrownBy(() -> new TlsTrust(authority, true)).hasMessageStartingWith("insecureSkipVerify: is set beside caCertificate");
    }

    private static void assertNotTrusted(TlsTrust trust, String host) {
        assertThatThrownBy(() -> status(trust, host))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.kind()).isEqualTo(HttpFailure.Kind.NOT_TRUSTED))
                .hasMessageStartingWith("its certificate is not trusted (");
    }

    private static int status(TlsTrust trust, String host) throws Exception {
        Duration limit = Duration.ofSeconds(60);
        HttpRetries retries = new HttpRetries(3, Duration.ZERO, Duration.ZERO, Set.of(), Set.of());
        HttpClient client = HttpCaller.client(HttpClient.newBuilder(), trust, limit);
        Sleeper never = wait -> {
            throw new AssertionError("a certificate does not become better");
        };
        return new HttpCaller(client, retries, 10, Clock.systemUTC(), never)
                .call(HttpRequest.newBuilder(URI.create("https://" + host + ":" + server.port() + "/")).build(), limit)
                .status();
    }
}
