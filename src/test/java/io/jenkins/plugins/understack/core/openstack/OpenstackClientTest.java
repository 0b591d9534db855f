package io.jenkins.plugins.understack.core.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenstackClientTest {
    private static final String LOGIN = "POST /identity/v3/auth/tokens";
    private static final String NODES = "GET /baremetal/v1/nodes";

    private TestCloud test;

    @BeforeEach
    void start() throws Exception {
        test = new TestCloud();
        test.ironic.node("n1", "manageable");
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void aTokenIsSharedUntilShortlyBeforeItsEnd() throws Exception {
        get(test.client(), "/v1/nodes");
        get(test.client(), "/v1/nodes");
        assertThat(test.ironic.requests()).containsExactly(LOGIN, NODES, NODES);

        test.clock.pass(Duration.ofMinutes(57));
        get(test.client(), "/v1/nodes");
        test.clock.pass(Duration.ofMinutes(1));
        get(test.client(), "/v1/nodes");
        assertThat(test.ironic.requests()).containsExactly(LOGIN, NODES, NODES, NODES, LOGIN, NODES);
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        get(test.client(), "/v1/nodes");
        test.ironic.revokeTokens();
        assertThat(get(test.client(), "/v1/nodes").path("nodes")).hasSize(1);
        assertThat(test.ironic.requests()).containsExactly(LOGIN, NODES, NODES, LOGIN, NODES);

        test.ironic.tokensLive(Duration.ZERO);
        test.ironic.revokeTokens();
        assertThatThrownBy(() -> get(test.client(), "/v1/nodes")).hasMessageContaining("openstack baremetal GET /v1/nodes: status 401");
        assertThat(test.ironic.requests()).hasSize(5 + 3);
    }

    /** A user with a project, and one whose password was changed. */
    @Test
    void aPasswordIsAsGood() throws Exception {
        Cloud cloud = TestCloud.with(new Cloud.Login(test.ironic.authUrl(), "app", "baremetal", null, "service"), Map.of());
        assertThat(get(test.client(cloud), "/v1/nodes").path("nodes")).hasSize(1);

        test.secrets = new MapSecrets().with("app", TestCloud.USER, "an-other-one");
        assertThatThrownBy(() -> get(test.client(cloud), "/v1/nodes"))
                .hasMessageStartingWith("openstack baremetal GET /v1/nodes: Keystone: status 401 (check credential \"app\" and the roles of its user): ")
                .hasMessageContaining("******")
                .message()
                .doesNotContain("an-other-one");
    }

    @Test
    void errorsHoldNoSecretWhateverIsAnswered() throws Exception {
        get(test.client(), "/v1/nodes");
        test.ironic.refuseNext(400);
        OpenstackQuery create = OpenstackQuery.of(
                "baremetal", "POST", "/v1/nodes", null, Map.of("driver_info", Map.of("user", "$USERNAME", "word", "$PASSWORD")), null, false, false);
        BodyLogin bmc = new BodyLogin(new UsernamePassword("root", "c4lvin-of-bmc"));
        assertThatThrownBy(() -> test.client().query(create, bmc, null))
                .isInstanceOf(OpenstackException.class)
                .hasMessageStartingWith("openstack baremetal POST /v1/nodes: status 400: refused: ******")
                .hasMessageContaining("\"user\":\"root\"")
                .message()
                .doesNotContain("c4lvin", "gAAAA");
    }

    @Test
    void aLogInGoesIntoTheBodyAndNotIntoTheAnswer() throws Exception {
        Map<String, Object> node = Map.of("name", "n2", "extra", Map.of("said", "$PASSWORD"), "driver_info", Map.of("redfish_password", "$PASSWORD"));
        JsonNode answer = test.client()
                .query(OpenstackQuery.of("baremetal", "POST", "/v1/nodes", null, node, null, false, false),
                        new BodyLogin(new UsernamePassword("root", "c4lvin-of-bmc")), null);

        assertThat(test.ironic.show("n2").path("driver_info").path("redfish_password").asText()).isEqualTo("c4lvin-of-bmc");
        assertThat(answer.path("extra").path("said").asText()).isEqualTo("******");
    }

    @Test
    void pagesAreReadFromTheSameServerOnly() throws Exception {
        for (int i = 2; i < 6; i++) {
            test.ironic.node("n" + i, "manageable");
        }
        OpenstackQuery all = OpenstackQuery.of("baremetal", "GET", "/v1/nodes", Map.of("limit", 2), null, null, true, false);
        JsonNode whole = test.client().query(all, null, null);
        assertThat(whole.findValuesAsText("name")).containsExactly("n1", "n2", "n3", "n4", "n5");
        assertThat(whole.properties()).hasSize(1);
        assertThat(test.ironic.requests()).filteredOn(request -> request.startsWith(NODES)).hasSize(3);

        test.ironic.pagesAt("http://elsewhere.invalid/baremetal");
        assertThatThrownBy(() -> test.client().query(all, null, null))
                .hasMessageContaining("the next page is at http://elsewhere.invalid:80; expected http://127.0.0.1:");
        test.ironic.pagesAt(test.ironic.authUrl());
        assertThatThrownBy(() -> test.client().query(all, null, null)).hasMessageContaining("the next page has the path /identity/v1/nodes");
        test.ironic.runbook("r", "u");
        OpenstackQuery none = OpenstackQuery.of("baremetal", "GET", "/v1/runbooks/r", null, null, "1.92", true, false);
        assertThatThrownBy(() -> test.client().query(none, null, null)).hasMessageEndingWith("the answer is no list; expected one where all is set");
    }

    @Test
    void whatIsNotThereIsAnErrorOrNothing() throws Exception {
        assertThatThrownBy(() -> get(test.client(), "/v1/nodes/n9"))
                .hasMessage("openstack baremetal GET /v1/nodes/n9: status 404 (no such object or path): Node n9 could not be found.");
        OpenstackQuery optional = OpenstackQuery.of("baremetal", "GET", "/v1/nodes/n9", null, null, null, false, true);
        assertThat(test.client().query(optional, null, null).isMissingNode()).isTrue();

        Cloud nowhere = TestCloud.with(new Cloud.Login(test.ironic.authUrl() + "/wrong", "app", null, null, null), Map.of());
        assertThatThrownBy(() -> test.client(nowhere).query(optional, null, null)).hasMessageContaining("Keystone: status 401");
    }

    @Test
    void whatReadsIsAskedAgain() throws Exception {
        get(test.client(), "/v1/nodes");
        test.ironic.refuseNext(503);
        get(test.client(), "/v1/nodes");
        assertThat(test.sleeps).hasSize(1);
        assertThat(test.log).singleElement().asString().startsWith("openstack: status 503; again in ");

        test.ironic.refuseNext(503);
        OpenstackQuery patch = OpenstackQuery.of("baremetal", "PATCH", "/v1/nodes/n1", null, List.of(), null, false, false);
        assertThatThrownBy(() -> test.client().query(patch, null, null)).hasMessageContaining("status 503");
        test.ironic.refuseNext(409);
        assertThatThrownBy(() -> get(test.client(), "/v1/nodes")).hasMessageContaining("status 409");
        assertThat(test.sleeps).hasSize(1);
    }

    @Test
    void anIronicThatStandsAloneNeedsNoToken() throws Exception {
        try (IronicSimulator ironic = IronicSimulator.alone(test.clock)) {
            ironic.node("n1", "manageable");
            // The endpoint may end in the version, as some catalogues have it.
            Cloud cloud = TestCloud.with(null, Map.of("baremetal", ironic.url() + "/v1/"));
            assertThat(get(test.client(cloud), "/v1/nodes/n1").path("name").asText()).isEqualTo("n1");
            assertThat(ironic.requests()).containsExactly("GET /baremetal/v1/nodes/n1");
            OpenstackQuery compute = OpenstackQuery.of("compute", "GET", "/servers", null, null, null, false, false);
            assertThatThrownBy(() -> test.client(cloud).query(compute, null, null))
                    .hasMessage("openstack compute GET /servers: no endpoint is configured; expected one of [baremetal]");
        }
    }

    @Test
    void theCatalogueIsReadByServiceInterfaceAndRegion() {
        Cloud.Login login = test.cloud().login();
        for (String[] wrong : new String[][] {
            {null, "public", "the catalogue has endpoints in the regions [here, there]; expected region to name one"},
            {"nowhere", "public", "the catalogue has no public endpoint in region nowhere"},
            {"there", "admin", "the catalogue has no admin endpoint in region there"},
            {"here", "internal", "http://127.0.0.1:1: cannot be reached"}
        }) {
            Cloud cloud = new Cloud("lab", login, wrong[0], wrong[1], Map.of(), Duration.ofSeconds(10), null);
            assertThatThrownBy(() -> get(test.client(cloud).withoutRetries(), "/v1/nodes"))
                    .hasMessageStartingWith("openstack lab baremetal GET /v1/nodes: ")
                    .hasMessageContaining(wrong[2]);
        }
        OpenstackQuery compute = OpenstackQuery.of("compute", "GET", "/servers", null, null, null, false, false);
        assertThatThrownBy(() -> test.client().query(compute, null, null))
                .hasMessage("openstack compute GET /servers: the catalogue has no such service; expected one of [baremetal]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1/nodes", "//evil.invalid/", "/v1/../../identity", "/v1/%2e%2e/x", "/a%2Fb", "/a b", "/a#b", "http://evil.invalid/"})
    void staysBelowTheEndpoint(String uri) {
        assertThatThrownBy(() -> get(test.client(), uri)).isInstanceOf(InvalidFieldException.class).hasMessageStartingWith("uri: ");
        assertThat(test.ironic.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                     | authUrl: is empty, and so is endpoints",
                "{\"authUrl\":\"keystone\",\"id\":\"x\"}                | authUrl: is no URL with http or https",
                "{\"authUrl\":\"https://k/v3\"}                         | credentialsId: is empty",
                "{\"authUrl\":\"https://k/\",\"id\":\"x\",\"domain\":\"d\"} | project: is empty beside a domain",
                "{\"endpoint\":\"ftp://x\"}                             | endpoints: is no URL with http or https",
                "{\"endpoint\":\"https://u:p@x\"}                       | endpoints: has a user, query or fragment",
                "{\"endpoint\":\"https://x\",\"interface\":\"pub\"}     | interfaceName: \"pub\" is unknown"
            })
    void configurationsThatCannotWork(String fields, String expected) throws Exception {
        JsonNode json = Json.parse(fields);
        assertThatThrownBy(() -> new Cloud(
                        null,
                        json.has("authUrl") ? new Cloud.Login(json.path("authUrl").asText(), json.path("id").asText(), null, json.path("domain").asText(), null) : null,
                        null,
                        json.path("interface").asText(),
                        json.has("endpoint") ? Map.of("baremetal", json.path("endpoint").asText()) : null,
                        null,
                        null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(expected);
    }

    @Test
    void cloudsAreChosenByName() throws Exception {
        Clouds two = new Clouds(Arrays.asList(named("main"), named("lab")));
        assertThat(two.pick("lab").name()).isEqualTo("lab");
        assertThat(new Clouds(List.of(named("main"))).pick("").name()).isEqualTo("main");
        assertThat(new Clouds(List.of(named("main"), named(""))).pick(null).name()).isEqualTo("default");
        assertThatThrownBy(() -> two.pick(null)).hasMessage("cloud: is not given and no OpenStack is named \"default\"; expected one of [main, lab]");
        assertThatThrownBy(() -> two.pick("x")).hasMessage("cloud: \"x\" is not configured; expected one of [main, lab]");
        assertThatThrownBy(() -> Clouds.NONE.pick(null)).hasMessageStartingWith("no OpenStack is configured");
        assertThatThrownBy(() -> new Clouds(List.of(named("a"), named("a")))).hasMessageContaining("\"a\" occurs twice");
    }

    private static Cloud named(String name) {
        return new Cloud(name, null, null, null, Map.of("baremetal", "http://127.0.0.1:1"), null, null);
    }

    private static JsonNode get(OpenstackClient client, String uri) throws Exception {
        return client.query(OpenstackQuery.of("baremetal", "get", uri, null, null, null, false, false), null, null);
    }
}
