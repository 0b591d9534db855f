package io.jenkins.plugins.understack.core.nautobot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenario S24, and what becomes of a request when something goes wrong on its way. */
class S24LookupsTest {
    private static final String TOKEN = "0123456789abcdef-token";

    private final List<Duration> waits = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private NautobotSimulator nautobot;

    @BeforeEach
    void start() throws Exception {
        nautobot = NautobotSimulator.start(TOKEN);
        nautobot.device("h1", Map.of("serial", "S-1"));
        nautobot.address("h1", "iDRAC", "10.46.96.156");
        nautobot.address("h1", "eth0", "192.0.2.1");
    }

    @AfterEach
    void stop() {
        // Looking things up changes nothing.
        assertThat(nautobot.writes()).isEmpty();
        nautobot.close();
    }

    @Test
    void aQueryGivesTheBody() throws Exception {
        assertThat(query("/dcim/devices/?name=h1", false).at("/results/0/serial").asText()).isEqualTo("S-1");
        assertThat(nautobot.requests()).containsExactly("GET /api/dcim/devices/?name=h1");
    }

    @Test
    void aDeviceByNameIsTheFirstResultAndByIdTheObjectItself() throws Exception {
        String id = nautobot.deviceId("h1");

        assertThat(devices().device(new DeviceKey("h1", null)).path("serial").asText()).isEqualTo("S-1");
        assertThat(devices().device(new DeviceKey("", id)).path("serial").asText()).isEqualTo("S-1");
        assertThat(devices().device(new DeviceKey("h1", null), 1).path("id").asText()).isEqualTo(id);
        assertThat(nautobot.requests())
                .containsExactly(
                        "GET /api/dcim/devices/?name=h1",
                        "GET /api/dcim/devices/" + id + "/",
                        "GET /api/dcim/devices/?name=h1&depth=1");
    }

    @Test
    void theAddressOfTheBmc() throws Exception {
        String id = nautobot.deviceId("h1");

        assertThat(devices().obmIp(new DeviceKey(null, id))).isEqualTo("10.46.96.156");
        assertThat(devices().obmIp(new DeviceKey("h1", null))).isEqualTo("10.46.96.156");
        assertThat(nautobot.requests())
                .containsExactly(
                        "GET /api/ipam/ip-addresses/?device_id=" + id + "&interfaces=iDRAC&interfaces=iLO",
                        "GET /api/ipam/ip-addresses/?device=h1&interfaces=iDRAC&interfaces=iLO");
    }

    @Test
    void nothingFoundAndTooMuchFoundSayWhatWasAsked() {
        String absent = "0ccdd4ae-3e49-42cd-9b70-f742ece59312";
        nautobot.device("h1", Map.of("id", absent));
        nautobot.address("h1", "iLO", "10.46.96.157");

        fails("nautobot: no device has the name \"h2\"", () -> devices().device(new DeviceKey("h2", null)));
        fails("nautobot: no device has the id 1" + absent.substring(1), () -> devices().device(new DeviceKey(null, "1" + absent.substring(1))));
        fails("nautobot: ambiguous: 2 devices have the name \"h1\" (ids " + nautobot.deviceId("h1") + ", " + absent,
                () -> devices().device(new DeviceKey("h1", null)));
        fails("nautobot: no BMC address for the device with the id " + absent, () -> devices().obmIp(new DeviceKey(null, absent)));
        fails("nautobot: ambiguous: 2 BMC addresses for the device with the name \"h1\": [10.46.96.156, 10.46.96.157]",
                () -> devices().obmIp(new DeviceKey("h1", null)));
    }

    @Test
    void aKeyIsANameOrAnId() {
        assertThatThrownBy(() -> new DeviceKey(" ", null)).hasMessageStartingWith("hostname: is missing");
        assertThatThrownBy(() -> new DeviceKey("h1", "1")).hasMessageStartingWith("deviceId: is given beside hostname");
        assertThatThrownBy(() -> new DeviceKey(null, "../1")).hasMessageStartingWith("deviceId: \"../1\" is no id");
        assertThatThrownBy(() -> new DeviceKey(null, "1?x=y")).hasMessageStartingWith("deviceId: \"1?x=y\" is no id");
    }

    @Test
    void namesAreEncoded() throws Exception {
        nautobot.device("a b&name=h1", Map.of("serial", "S-2"));

        assertThat(devices().device(new DeviceKey("a b&name=h1", null)).path("serial").asText()).isEqualTo("S-2");
        assertThat(nautobot.requests()).containsExactly("GET /api/dcim/devices/?name=a+b%26name%3Dh1");
    }

    @Test
    void bothPagesAreReadByNext() throws Exception {
        nautobot.device("h 2", Map.of());
        nautobot.device("h3", Map.of());
        nautobot.pageSize(2);

        JsonNode all = query("/dcim/devices/?name=h1&name=h+2&name=h3", true);

        assertThat(all.path("results").findValuesAsText("name")).containsExactly("h1", "h 2", "h3");
        assertThat(all.path("count").asInt()).isEqualTo(3);
        assertThat(all.path("next").isNull()).isTrue();
        assertThat(nautobot.requests())
                .containsExactly(
                        "GET /api/dcim/devices/?name=h1&name=h+2&name=h3",
                        "GET /api/dcim/devices/?limit=2&offset=2&name=h1&name=h+2&name=h3");
        assertThat(query("/dcim/devices/", false).path("results")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.invalid", "https://127.0.0.1:PORT", "http://127.0.0.1:1", "http://u:p@127.0.0.1:PORT", "//evil.invalid"})
    void aNextPageElsewhereIsRefused(String elsewhere) {
        nautobot.device("h2", Map.of());
        nautobot.pageSize(1);
        nautobot.pagesAt(elsewhere.replace("PORT", nautobot.url().replaceAll(".*:", "")));

        fails("nautobot GET /dcim/devices/: the next page is at ", () -> query("/dcim/devices/", true));
        assertThat(nautobot.requests()).hasSize(1);
    }

    @Test
    void aNextPageOutsideOfApiOrInCirclesIsRefused() {
        nautobot.device("h2", Map.of());
        nautobot.pageSize(1);
        nautobot.pagesAt(nautobot.url() + "/admin");
        fails("nautobot GET /dcim/devices/: the next page has the path /admin/api/dcim/devices/", () -> query("/dcim/devices/", true));
        nautobot.pagesAt(nautobot.url() + "/api/../admin");
        fails("nautobot GET /dcim/devices/: the next page ", () -> query("/dcim/devices/", true));
        nautobot.pagesAt(nautobot.url() + "/api/dcim/devices/?limit=1&offset=0#");
        fails("nautobot GET /dcim/devices/: the pages go round in circles", () -> query("/dcim/devices/", true));
        fails("nautobot GET /status/: the answer is no list", () -> query("/status/", true));
    }

    @Test
    void unauthorizedIsAFailureWithoutTheToken() {
        nautobot.faults().status(401);

        assertThatThrownBy(() -> devices().device(new DeviceKey("h1", null)))
                .isInstanceOf(NautobotException.class)
                .hasMessageStartingWith("nautobot GET /dcim/devices/?name=h1: status 401 (check the token in credential \"token\"")
                .hasMessageContaining("refused: Token ******")
                .message()
                .doesNotContain(TOKEN);
        assertThat(nautobot.requests()).hasSize(1);
    }

    @Test
    void aHangFailsInTimeAndIsNotTriedAgain() {
        assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(30));
        nautobot.faults().hang();

        assertThatThrownBy(() -> new Devices(client(), Duration.ofMillis(200)).device(new DeviceKey("h1", null)))
                .hasMessageContaining("no complete answer within 200 ms");
        assertThat(nautobot.requests()).hasSize(1);
    }

    @Test
    void whatPassesIsTriedAgainWithGrowingWaits() throws Exception {
        nautobot.faults().status(429, "7").status(502).cut().status(504);

        assertThat(devices().obmIp(new DeviceKey("h1", null))).isEqualTo("10.46.96.156");
        assertThat(nautobot.requests()).hasSize(5);
        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(11));
        assertThat(waits.get(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
        assertThat(waits.get(3)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(log).first().asString().startsWith("nautobot: status 429; again in ").endsWith(", attempt 2 of 5");
    }

    @ParameterizedTest
    @CsvSource({"GET,400", "GET,500", "POST,503", "PATCH,502"})
    void whatWouldNotPassOrMightHaveHappenedIsNotTriedAgain(String method, int status) throws Exception {
        try (NautobotSimulator other = NautobotSimulator.start(TOKEN)) {
            other.faults().status(status);
            NautobotClient client = client(other.url());

            fails("nautobot " + method + " /dcim/devices/: status " + status, () -> client.query(
                    new NautobotQuery(method, "/dcim/devices/", null, false), null));
            assertThat(other.requests()).hasSize(1);
            assertThat(other.writes()).hasSize(method.equals("GET") ? 0 : 1);
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void graphqlReturnsDataAndFailsForErrors() throws Exception {
        nautobot.graphql((query, variables) -> {
            if (!query.contains("$name")) {
                throw new NautobotSimulator.GraphqlError("Cannot query field \"" + TOKEN + "\" on type");
            }
            return Map.of("devices", List.of(Map.of("name", variables.get("name"))));
        });

        JsonNode data = client().graphql("query ($name: String) { devices }", Json.parse("{\"name\": \"a\\\"b\"}"), null);

        assertThat(data.at("/devices/0/name").asText()).isEqualTo("a\"b");
        assertThat(nautobot.requests()).containsExactly("POST /api/graphql/");
        assertThatThrownBy(() -> client().graphql("{ devices }", null, null))
                .isInstanceOf(NautobotException.class)
                .hasMessage("nautobot POST /graphql/: Cannot query field \"******\" on type");
        assertThatThrownBy(() -> client().graphql(" ", null, null)).hasMessageStartingWith("query: is empty");
        assertThatThrownBy(() -> client().graphql("{ a }", Json.parse("[1]"), null)).hasMessageStartingWith("variables: are no map");
    }

    /** Its POST only reads. */
    @Test
    void graphqlIsTriedAgainAsAGetIs() throws Exception {
        nautobot.graphql((query, variables) -> Map.of("devices", List.of()));
        nautobot.faults().status(429, "7").status(502).cut().status(504);

        assertThat(client().graphql("{ devices { name } }", null, null).path("devices").isArray()).isTrue();
        assertThat(nautobot.requests()).hasSize(5).containsOnly("POST /api/graphql/");
        assertThat(waits).hasSize(4);

        nautobot.faults().status(400);
        fails("nautobot POST /graphql/: status 400", () -> client().graphql("{ devices { name } }", null, null));
        nautobot.faults().status(503);
        fails("nautobot POST /graphql/: status 503", () -> client().withoutRetries().graphql("{ devices { name } }", null, null));
        assertThat(nautobot.requests()).hasSize(7);
    }

    @Test
    void anotherNautobotIsNamedInMessages() {
        NautobotSettings lab = new NautobotSettings("lab", nautobot.url() + "/base", "token", null, null);
        NautobotClient client = new NautobotClient(lab, new MapSecrets().with("token", TOKEN), http(), waits::add, log::add);

        fails("nautobot lab GET /dcim/devices/: status 404", () -> client.query(NautobotQuery.get("/dcim/devices/", Map.of()), null));
        assertThat(nautobot.requests()).containsExactly("GET /base/api/dcim/devices/");
    }

    private JsonNode query(String uri, boolean all) throws Exception {
        return client().query(new NautobotQuery("GET", uri, null, all), null);
    }

    private Devices devices() {
        return new Devices(client(), null);
    }

    private NautobotClient client() {
        return client(nautobot.url());
    }

    private NautobotClient client(String url) {
        NautobotSettings settings = new NautobotSettings(url, "token", null);
        return new NautobotClient(settings, new MapSecrets().with("token", TOKEN), http(), waits::add, log::add);
    }

    private NautobotSettings settings() {
        return new NautobotSettings(nautobot.url(), "token", null);
    }

    private static HttpClient http() {
        return HttpCaller.client(HttpClient.newBuilder(), TlsTrust.DEFAULT, Duration.ofSeconds(30));
    }

    private static void fails(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NautobotException.class).hasMessageStartingWith(message);
    }
}
