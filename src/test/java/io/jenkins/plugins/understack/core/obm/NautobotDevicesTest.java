package io.jenkins.plugins.understack.core.obm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NautobotDevicesTest {
    private static final String DEVICE =
            """
            {"results": [{"id": "u-1", "name": "a b", "role": {"name": "server"}, "tags": [{"name": "lab"}, {"name": "gpu"}]}]}""";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "/api/dcim/devices/", DEVICE, "/api/ipam/ip-addresses/", "{\"results\": [{\"host\": \"10.3.2.30\"}]}"));
    private volatile int status = 200;
    private HttpServer server;
    private DeviceDirectory devices;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = answers.get(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        NautobotSettings settings = new NautobotSettings("http://127.0.0.1:" + server.getAddress().getPort(), "token", null);
        devices = new NautobotDevices(() -> new NautobotClient(
                settings,
                new MapSecrets().with("token", "t"),
                HttpClient.newHttpClient(),
                duration -> {},
                line -> {}));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void findsDevicesAndTheAddressesOfTheirBmcs() throws Exception {
        assertThat(devices.device("a b", null)).isEqualTo(new DeviceDirectory.Device("u-1", "a b", "server", List.of("lab", "gpu")));
        assertThat(devices.address(null, "u-1")).isEqualTo("10.3.2.30");
        assertThat(devices.address("a b", null)).isEqualTo("10.3.2.30");

        assertThat(requests)
                .containsExactly(
                        "GET /api/dcim/devices/?name=a+b&depth=1",
                        "GET /api/ipam/ip-addresses/?device_id=u-1&interfaces=iDRAC&interfaces=iLO",
                        "GET /api/ipam/ip-addresses/?device=a+b&interfaces=iDRAC&interfaces=iLO");
    }

    @Test
    void noneAndSeveralAreFailures() {
        answers.put("/api/dcim/devices/", "{\"results\": []}");
        answers.put("/api/ipam/ip-addresses/", "{\"results\": [{\"host\": \"10.3.2.30\"}, {\"host\": \"10.3.2.31\"}]}");

        assertThatThrownBy(() -> devices.device("a b", null))
                .isInstanceOf(ObmCredentialException.class)
                .hasMessageStartingWith("device a b: ")
                .hasMessageContaining("no device has the name \"a b\"");
        assertThatThrownBy(() -> devices.address(null, "u-1")).hasMessageContaining("ambiguous: 2 BMC addresses");
        assertThatThrownBy(() -> devices.address(null, "u&1"))
                .isInstanceOf(ObmCredentialException.class)
                .hasMessageContaining("is no id");
    }

    /** In the middle of an update only a definite answer may end it. */
    @Test
    void whatMayPassIsToldFromADefiniteAnswer() {
        for (int passing : new int[] {429, 502, 503, 504}) {
            status = passing;
            assertThat(failure().isPassing()).as("status %d", passing).isTrue();
        }
        for (int definite : new int[] {400, 401, 403, 500}) {
            status = definite;
            assertThat(failure().isPassing()).as("status %d", definite).isFalse();
        }
        status = 200;
        answers.put("/api/dcim/devices/", "{\"results\": []}");
        assertThat(failure().isPassing()).isFalse();
        server.stop(0);
        assertThat(failure().isPassing()).as("nobody listens").isTrue();
    }

    private ObmCredentialException failure() {
        return catchThrowableOfType(ObmCredentialException.class, () -> devices.device("a b", null));
    }
}
