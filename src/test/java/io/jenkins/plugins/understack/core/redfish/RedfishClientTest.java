package io.jenkins.plugins.understack.core.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.SelfSigned;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedfishClientTest {
    private static final String LOGIN = "POST /redfish/v1/SessionService/Sessions 201";
    private static final String LOGOUT = "DELETE /redfish/v1/SessionService/Sessions/7 204";

    @ParameterizedTest
    @EnumSource(BmcKind.class)
    void findsEverythingByItsLinks(BmcKind kind) throws Exception {
        try (TestBmc test = new TestBmc(kind)) {
            try (RedfishSession session = test.client().login("root", "calvin")) {
                assertThat(session.system().json().path("SKU").asText()).isEqualTo(kind == BmcKind.IDRAC ? "33GSW04" : "SIM0001");
                assertThat(session.manager().json().path("FirmwareVersion").asText()).isEqualTo("7.10.30.00");
                assertThat(session.follow(session.system(), "/Bios").json().at("/Attributes/TimeZone").asText()).isEqualTo("CST");
                assertThatThrownBy(() -> session.follow(session.system(), "/Nothing")).hasMessageContaining("has no link /Nothing");
            }

            assertThat(test.bmc.writes()).containsExactly(LOGIN, LOGOUT);
            assertThat(test.bmc.openSessions()).isZero();
        }
    }

    @Test
    void aSessionIsNamedByItsLocationOnly() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            test.bmc.sessionOnlyInLocation();

            test.client().login("root", "calvin").close();

            assertThat(test.bmc.writes()).containsExactly(LOGIN, LOGOUT);
        }
    }

    /** A session is closed by its path, whatever else is wrong with the answer that names it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"@odata.id\":\"https://another-name:8443/sessions/7\"}", "{broken", ""})
    void aSessionIsClosedWhateverTheAnswerLooksLike(String body) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean login = exchange.getRequestMethod().equals("POST");
            exchange.getResponseHeaders().add("X-Auth-Token", "token");
            exchange.getResponseHeaders().add("Location", body.contains("odata") ? "not a link" : "https://another-name/sessions/7");
            byte[] bytes = (login ? body : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(login ? 201 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            Bmc bmc = Bmc.at("http://127.0.0.1:" + server.getAddress().getPort());
            new RedfishClient(bmc, TestBmc.http(TlsTrust.DEFAULT), new TestBmc.MovedClock()).login("root", "calvin").close();

            assertThat(asked).endsWith("POST /redfish/v1/SessionService/Sessions", "DELETE /sessions/7");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void walksOverAllPagesOfTheBmcItself() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.ILO)) {
            for (int i = 0; i < 6; i++) {
                test.bmc.account("user" + i, "calvin");
            }
            test.bmc.pageSize(3);

            try (RedfishSession session = test.client().login("root", "calvin")) {
                assertThat(session.members("/redfish/v1/AccountService/Accounts")).hasSize(7);
                assertThatThrownBy(() -> session.get("http://elsewhere.invalid/redfish/v1"))
                        .hasMessageContaining("leads to another host");
                assertThatThrownBy(() -> session.get("//elsewhere.invalid/redfish/v1")).hasMessageContaining("leads to another host");
                assertThat(session.get(test.bmc.url() + "/redfish/v1").path()).isEqualTo("/redfish/v1");
            }
        }
    }

    @Test
    void pagesOfOthersAndCirclesAreRefused() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            String next = exchange.getRequestURI().getPath().equals("/circle") ? "/circle" : "http://127.0.0.1:1/next";
            exchange.getResponseHeaders().add("X-Auth-Token", "token");
            byte[] body = ("{\"Members\":[],\"Members@odata.nextLink\":\"" + next + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Bmc bmc = Bmc.at("http://127.0.0.1:" + server.getAddress().getPort());
            RedfishClient client = new RedfishClient(bmc, TestBmc.http(TlsTrust.DEFAULT), new TestBmc.MovedClock());
            RedfishSession session = client.login("root", "calvin");

            assertThatThrownBy(() -> session.members("/other")).hasMessageContaining("leads to another host");
            assertThatThrownBy(() -> session.members("/circle")).hasMessageContaining("more than 100 pages");
            assertThat(asked).filteredOn("/circle"::equals).hasSize(100);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void changesOnlyWhatIsStillTheSame() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            test.bmc.requireIfMatch();
            try (RedfishSession session = test.client().login("root", "calvin")) {
                Resource system = session.system();
                session.patch(system, Json.parse("{\"AssetTag\":\"a\"}"));

                assertThatThrownBy(() -> session.patch(system, Json.parse("{\"AssetTag\":\"b\"}")))
                        .isInstanceOf(RedfishException.class)
                        .hasMessageContaining("status 412: The resource has changed. (somebody else has changed it meanwhile; run again)");
            }
            assertThat(test.bmc.document(test.bmc.system()).path("AssetTag").asText()).isEqualTo("a");
        }
    }

    @Test
    void errorsSayWhatTheBmcSaidAndNeverAPassword() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.ILO)) {
            assertThatThrownBy(() -> test.client().login("root", "very-secret"))
                    .isInstanceOfSatisfying(RedfishException.class, e -> assertThat(e.status()).isEqualTo(401))
                    .hasMessageContaining("POST /redfish/v1/SessionService/Sessions/: status 401: Base.1.12.NoValidSession (not logged in:")
                    .message()
                    .doesNotContain("very-secret");
            test.bmc.refuseChanges("The value very-secret is too short.");
            try (RedfishSession session = test.client().login("root", "calvin")) {
                assertThatThrownBy(() -> session.setPassword("root", "very-secret"))
                        .hasMessageEndingWith("PATCH /redfish/v1/AccountService/Accounts/1/: status 400: Base.1.12.GeneralError")
                        .message()
                        .doesNotContain("very-secret");
                assertThatThrownBy(() -> session.patch(session.system(), Json.parse("{}")))
                        .hasMessageEndingWith(": status 400: The value very-secret is too short.");
                assertThatThrownBy(() -> session.setPassword("admin", "x")).hasMessageContaining("has no account \"admin\"");
            }
            assertThat(test.bmc.openSessions()).isZero();
        }
    }

    @Test
    void aBmcThatStartsIsAskedLaterAndCostsNoAttempt() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            test.bmc.busy(true);

            assertThatThrownBy(() -> test.client().login("root", "calvin"))
                    .isInstanceOfSatisfying(
                            NotYetException.class, e -> assertThat(e.notBefore()).isEqualTo(TestBmc.NOON.plusSeconds(10)))
                    .hasMessageContaining("GET /redfish/v1/: status 503: The service is starting.");
            assertThat(test.bmc.writes()).isEmpty();
        }
    }

    @Test
    void patienceEndsInTime() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            List<String> log = new CopyOnWriteArrayList<>();
            Patience patience = new Patience(test.clock, test::sleep, Duration.ofSeconds(35), log::add);
            test.bmc.busy(true);

            assertThatThrownBy(() -> patience.ask(() -> test.client().login("root", "calvin"))).isInstanceOf(NotYetException.class);
            assertThat(test.sleeps).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));
            assertThat(log).hasSize(3).allSatisfy(line -> assertThat(line).endsWith("(the BMC is starting or busy); again in 10 s"));
            patience.ask(() -> {
                test.bmc.busy(test.sleeps.size() < 5);
                return test.client().login("root", "calvin");
            }).close();
            assertThat(test.sleeps).hasSize(5);
        }
    }

    @Test
    void logsOutWhileItIsInterrupted() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            CountDownLatch started = new CountDownLatch(1);
            List<Object> seen = new CopyOnWriteArrayList<>();
            Thread build = new Thread(() -> {
                try (RedfishSession session = test.client().login("root", "calvin")) {
                    started.countDown();
                    new CountDownLatch(1).await();
                } catch (Exception e) {
                    seen.add(e.getClass());
                    seen.add(test.bmc.openSessions());
                }
            });
            build.start();
            started.await();
            build.interrupt();
            build.join();

            assertThat(seen).containsExactly(InterruptedException.class, 0);
        }
    }

    @Test
    void aLogInThatIsInterruptedLeavesNoSession() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            RedfishClient client = test.client();
            client.root();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> client.login("root", "calvin")).isInstanceOf(InterruptedException.class);

            assertThat(test.bmc.openSessions()).isZero();
            assertThat(test.bmc.writes()).containsExactly(LOGIN, LOGOUT);

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.login("root", "wrong")).isInstanceOf(RedfishException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void trustsNobodyUnlessToldTo(@TempDir Path directory) throws Exception {
        SelfSigned right = SelfSigned.in(directory, "ip:127.0.0.1");
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.ILO, new TestBmc.MovedClock(), right.server())) {
            assertThatThrownBy(() -> login(bmc, TlsTrust.DEFAULT))
                    .hasMessageContaining("certificate is not trusted")
                    .hasMessageEndingWith("allow insecure connections to this site's BMCs");
            login(bmc, new TlsTrust(right.pem(), false));
            login(bmc, new TlsTrust(null, true));
            assertThat(bmc.openSessions()).isZero();
        }
    }

    private static void login(BmcSimulator bmc, TlsTrust trust) throws Exception {
        new RedfishClient(Bmc.at(bmc.url()), TestBmc.http(trust), new TestBmc.MovedClock()).login("root", "calvin").close();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, https://10.1.2.3, 10.1.2.3",
        "10.1.2.3:8443, https://10.1.2.3:8443, 10.1.2.3:8443",
        "fd00::1, https://[fd00::1], [fd00::1]",
        "BMC.example.com/, https://bmc.example.com, bmc.example.com",
        "http://127.0.0.1:80, http://127.0.0.1:80, 127.0.0.1:80"})
    void addresses(String text, String url, String name) {
        assertThat(Bmc.at(text).url()).hasToString(url);
        assertThat(Bmc.at(text).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://user@10.1.2.3", "10.1.2.3/redfish", "ftp://10.1.2.3", "a b", "10.1.2.3?x=1"})
    void noAddresses(String text) {
        assertThatThrownBy(() -> Bmc.at(text)).isInstanceOf(InvalidFieldException.class).hasMessageContaining("bmc");
    }

    @Test
    void aBmcThatIsNotThere() throws Exception {
        TestBmc test = new TestBmc(BmcKind.IDRAC);
        test.close();

        assertThatThrownBy(() -> test.client().login("root", "calvin"))
                .isInstanceOfSatisfying(RedfishException.class, e -> assertThat(e.isUnanswered()).isTrue())
                .hasMessageContaining("cannot be reached");
    }
}
