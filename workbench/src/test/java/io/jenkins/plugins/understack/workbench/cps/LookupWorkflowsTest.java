package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S24 and S25 with get-device-nautobot, get-obm-ip, nautobot-api and get-obm-creds of the library. */
class LookupWorkflowsTest {
    private static final String TOKEN = "0123456789abcdef-token";

    @TempDir
    private Path temp;

    private NautobotSimulator nautobot;

    @BeforeEach
    void start() throws Exception {
        nautobot = NautobotSimulator.start(TOKEN);
        nautobot.device("h1", Map.of("serial", "S-1"));
        nautobot.address("h1", "iDRAC", "1.2.3.4");
    }

    /** Nothing is written, whatever is looked up. */
    @AfterEach
    void stop() {
        assertThat(nautobot.writes()).isEmpty();
        nautobot.close();
    }

    @Test
    void devicesAndAddresses() throws Exception {
        String id = nautobot.deviceId("h1");
        nautobot.device("a b&name=h1", Map.of("serial", "S-2"));

        assertThat(run("getDeviceNautobot", Map.of("hostname", "h1")).value().path("serial").asText()).isEqualTo("S-1");
        assertThat(run("getDeviceNautobot", Map.of("device_id", id)).value().path("name").asText()).isEqualTo("h1");
        assertThat(run("getDeviceNautobot", Map.of("hostname", "a b&name=h1")).value().path("serial").asText()).isEqualTo("S-2");
        assertThat(run("getObmIp", Map.of("device_id", id)).value().asText()).isEqualTo("1.2.3.4");
        assertThat(run("nautobotApi", Map.of("uri", "/dcim/devices/?name=h1")).value().at("/results/0/serial").asText()).isEqualTo("S-1");

        assertThat(nautobot.requests())
                .containsExactly(
                        "GET /api/dcim/devices/?name=h1",
                        "GET /api/dcim/devices/" + id + "/",
                        "GET /api/dcim/devices/?name=a+b%26name%3Dh1",
                        "GET /api/ipam/ip-addresses/?device_id=" + id + "&interfaces=iDRAC&interfaces=iLO",
                        "GET /api/dcim/devices/?name=h1");
    }

    @Test
    void whatIsNotFoundOrNotUnique() throws Exception {
        String other = "0ccdd4ae-3e49-42cd-9b70-f742ece59312";
        nautobot.device("h1", Map.of("id", other));
        nautobot.address("h1", "iLO", "1.2.3.5");

        assertThat(message("getDeviceNautobot", Map.of("hostname", "h2"))).contains("no device has the name \"h2\"");
        assertThat(message("getDeviceNautobot", Map.of("hostname", "h1"))).contains("ambiguous: 2 devices have the name \"h1\"");
        assertThat(message("getObmIp", Map.of("device_id", other))).contains("no BMC address for the device with the id " + other);
        assertThat(message("getObmIp", Map.of("hostname", "h1"))).contains("ambiguous: 2 BMC addresses");
    }

    @Test
    void theTokenIsNeitherShownNorTakenElsewhere() throws Exception {
        for (String[] call : new String[][] {
            {"getDeviceNautobot", "hostname", "h1"}, {"getObmIp", "hostname", "h1"}, {"nautobotApi", "uri", "/dcim/devices/"}
        }) {
            nautobot.faults().status(401);
            assertThat(message(call[0], Map.of(call[1], call[2])))
                    .contains("status 401 (check the token in credential \"nautobot-token\"", "refused: Token ******")
                    .doesNotContain(TOKEN);
        }
        nautobot.device("h2", Map.of());
        nautobot.pageSize(1);
        Files.writeString(vars().resolve("everything.groovy"), "def call(Map inputs) { nautobotApi(uri: '/dcim/devices/', all: true) }");
        assertThat(run("everything", Map.of()).value().path("count").asInt()).isEqualTo(2);
        int asked = nautobot.requests().size();
        nautobot.pagesAt("http://evil.invalid");
        assertThat(message("everything", Map.of())).contains("the next page is at http://evil.invalid:80");
        assertThat(nautobot.requests()).hasSize(asked + 1);
    }

    /** The value is the vector of S25 for this key and address; the workflow gives a name for it only. */
    @Test
    void credentialsAreAReference() throws Exception {
        Files.writeString(vars().resolve("backwards.groovy"), """
                def call(Map inputs) {
                    def ref = getObmCreds(inputs)
                    withObmCreds(credentials: ref) { echo "here it is: ${OBM_PASSWORD}"; return [ref, OBM_PASSWORD.reverse()] }
                }
                """);
        String backwards = new StringBuilder("M5CacBLC/4eVuaTmoH8v").reverse().toString();

        WorkflowResult result = run("backwards", Map.of("hostname", "h1"));

        assertThat(result.value().toString()).as(result.root().message()).isEqualTo("[\"obm-1\",\"" + backwards + "\"]");
        assertThat(result.toJson().toString()).contains("here it is: ****").doesNotContain("M5CacBLC");
        assertThat(run("getObmCreds", Map.of("ip", "1.2.3.4")).value().asText()).isEqualTo("obm-1");
        int asked = nautobot.requests().size();
        assertThat(message("getObmCreds", Map.of("ip", "elephants"))).contains("ip: \"elephants\" is no IP address");
        assertThat(message("getObmCreds", Map.of("hostname", ""))).contains("hostname: is empty");
        assertThat(nautobot.requests()).hasSize(asked);
    }

    private String message(String workflow, Map<String, String> inputs) throws Exception {
        WorkflowResult result = run(workflow, inputs);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.toJson().toString()).doesNotContain(TOKEN);
        return result.root().message();
    }

    private Path vars() throws Exception {
        return Files.createDirectories(temp.resolve("vars"));
    }

    private WorkflowResult run(String workflow, Map<String, String> inputs) throws Exception {
        String text =
                """
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string: {id: nautobot-token, secret: "${TOKEN}"}
                          - string: {id: bmc-master, secret: new secret string}
                unclassified:
                  understack:
                    nautobot: {url: "URL", credentialsId: nautobot-token}
                    obm:
                      providers:
                        - provider:
                            standardPassword: {masterKeyCredentialsId: bmc-master}
                """;
        ConfigurationFile file = ConfigurationFile.load(
                Files.writeString(temp.resolve("understack.yaml"), text.replace("URL", nautobot.url())), Map.of("TOKEN", TOKEN));
        Steps steps = Steps.of(file.configuration(), file.secrets(), file.obm(), Bmcs.real(file.bmcTrust(), new MemoryStateStore()));
        WorkflowLibrary library = WorkflowLibrary.provided().behind(WorkflowLibrary.of(vars()));
        return new WorkflowRun(library, steps, Clock.systemUTC(), workflow + "-1", null).execute(workflow, inputs);
    }
}
