package io.jenkins.plugins.understack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.RecordText;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import io.jenkins.plugins.understack.core.source.Retention;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UnderstackConfigurationTest {
    /** Every field has a value that is not its default. */
    private static final String EVERYTHING =
            """
            unclassified:
              understack:
                nautobot:
                  name: "main"
                  url: "https://nautobot.example.com/base"
                  credentialsId: "nautobot-token"
                  timeoutSeconds: 7
                nautobots:
                - name: "lab"
                  url: "https://nautobot.lab"
                  credentialsId: "nautobot-token"
                  timeoutSeconds: 8
                  insecureSkipVerify: true
                - name: "site"
                  url: "https://nautobot.site"
                  credentialsId: "nautobot-token"
                  caCertificate: |-
                    -----BEGIN CERTIFICATE-----
                    MIIBMjCB2qADAgECAgkAg23GJLhzFjAwCgYIKoZIzj0EAwIwDTELMAkGA1UEAxMC
                    Y2EwIBcNMjYxMTIxMTc0ODA1WhgPMjEyNjEwMjgxNzQ4MDVaMA0xCzAJBgNVBAMT
                    AmNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBahoXAChE0tBp8fiBV/KIf7k
                    OBmj77zI2oLze4YqD2riA7FyIVwBfdSofdMfzOonBIW5VE0EJXbFawA11EAdbaMh
                    MB8wHQYDVR0OBBYEFO2jxjT9Kn6bHMHwPpXG/5tMH8k8MAoGCCqGSM49BAMCA0cA
                    MEQCIEOUWLSSBnsQSbq1RIvwdzJ5RXap9YX376iVHWmrjVeSAiBJvnrD872pB7dE
                    rVVHLDvnr0e0waWt7G2oHOYs6OX+yg==
                    -----END CERTIFICATE-----
                inbox:
                  identityWindow: "48h"
                  retention:
                    age: "1d"
                    events: 1000
                    bytes: 4294967296
                  pending: 500
                  deadLetters: 50
                openstack:
                - name: "main"
                  authUrl: "https://keystone.example.com/v3"
                  credentialsId: "rabbit"
                  project: "baremetal"
                  projectDomain: "service"
                  userDomain: "people"
                  region: "iad3"
                  interfaceName: "internal"
                  timeoutSeconds: 9
                  insecureSkipVerify: true
                - name: "alone"
                  endpoints: "baremetal: https://ironic.example.com:6385"
                obm:
                  providers:
                  - matches:
                      names:
                      - "^lab-"
                      - "-lab$"
                      roles:
                      - "server"
                      tags:
                      - "spare"
                    provider:
                      jenkinsCredential:
                        id: "obm-{name}"
                  - provider:
                      kubernetesSecret:
                        name: "obm-{deviceId}"
                        namespace: "bmc"
                  - provider:
                      standardPassword:
                        masterKeyCredentialsId: "key"
                        userName: "admin"
                eventSources:
                - amqp:
                    name: "ironic"
                    uri: "amqps://127.0.0.1:1/ironic"
                    credentialsId: "rabbit"
                    tls:
                      clientCertificateId: "client"
                      insecureSkipVerify: true
                    events:
                    - name: "openstack"
                      exchange: "ironic"
                      exchangeType: "direct"
                      exchangeDurable: false
                      routingKeys:
                      - "a.info"
                      - "b.#"
                      queue: "q"
                      queueDurable: false
                      queueArguments: |-
                        x-queue-type: quorum
                        x-expires: 86400000
                      declare: false
                      prefetch: 7
                      consumerTag: "tag"
                      bodyFormat: "base64"
                      idHeader: "id"
                      idPath: "body.id"
                      maxPayloadSize: 1234
                      metadata: "site: lab"
                    inFlight: 1000
                    retention:
                      age: "30d"
                      bytes: 0
                - webhook:
                    name: "hooks"
                    events:
                    - name: "signed"
                      path: "signed"
                      method: "PUT"
                      authentication:
                        hmac:
                          credentialsId: "key"
                          algorithm: "SHA-512"
                          header: "X-Sig"
                          prefix: "sha512="
                          encoding: "base64"
                      idHeader: "X-Id"
                      idPath: "body.id"
                      maxPayloadSize: 1234
                      metadata: "site: lab"
                    - name: "token"
                      path: "token"
                      authentication:
                        bearer:
                          credentialsId: "token"
                    - name: "open"
                      path: "open"
                      authentication: "none"
                    inFlight: 20
                    retention:
                      events: 10
                      bytes: 100000
                    secretFields:
                    - "body.data.token\\\\.txt"
                    - "header.X-Key"
                sensors:
                - name: "sensor"
                  enabled: false
                  source: "ironic"
                  event: "openstack"
                  transform: ".body | {a: .}"
                  where: ".a.x == 1"
                  filters:
                  - path: "a.x\\\\.y"
                    comparator: "find"
                    value:
                    - "one"
                    - "two"
                  - path: "a.n"
                    comparator: "greater"
                    type: "number"
                    required: true
                    nullAs: "1"
                    value:
                    - "5"
                  - path: "a.t"
                    default: "t"
                    value:
                    - "t"
                  - path: "a.e"
                    comparator: "exists"
                  forEach: ".a.items[]"
                  job: "folder/job"
                  parameters:
                  - name: "p"
                    path: "a.p"
                    default: "default"
                    nullAs: "null"
                  - name: "q"
                    jq: ".item.q"
                    required: false
                  - name: "constant"
                    value: "c"
                  serializeBy: ".a.x"
                  coalesceBy: ".a.y"
                  limit:
                    starts: 3
                    period: "1h"
                    key: ".a.z"
                  debounce: "30s"
                  rateLimit:
                    starts: 10
                    period: "1m"
                - name: "pair"
                  dependencies:
                  - name: "one"
                    source: "ironic"
                    event: "openstack"
                    transform: ".body"
                    where: ".a == 1"
                    filters:
                    - path: "b"
                      value:
                      - "c"
                    key: ".k"
                  - name: "two"
                    source: "hooks"
                    event: "open"
                    key: ".k"
                    argo: |-
                      filters:
                        data:
                        - {path: x, type: string, value: [y]}
                  conditions: "one && two"
                  within: "10m"
                  conditionsReset:
                  - cron: "0 6 * * *"
                    timezone: "Europe/London"
                  job: "job"
                  delay: "30s"
                  hold: true
                  inFlight: 2
                - name: "imported"
                  source: "ironic"
                  event: "openstack"
                  job: "job"
                  argo: |-
                    filters:
                      data:
                      - {path: body.event_type, type: string, value: [x]}
                    parameters:
                    - src: {dataKey: body}
                      dest: event-json
            """;

    @TempDir
    private Path temp;

    @Test
    void theExampleMeansTheSameHereAndInTheWorkbench(JenkinsRule r) throws Exception {
        // Nobody is called from a test.
        load(Files.readString(Path.of("docs/examples/understack.yaml")).replace("rabbitmq.example.com:5672", "127.0.0.1:1"));

        assertThat(RecordText.of(UnderstackConfiguration.get().toCore())
                        .replace("127.0.0.1:1", "rabbitmq.example.com:5672"))
                .isEqualTo(Files.readString(
                        Path.of("src/test/resources/io/jenkins/plugins/understack/core/example-configuration.txt")));
    }

    @Test
    void codeFormAndExportKeepEveryField(JenkinsRule r) throws Exception {
        for (String id : List.of("nautobot-token", "key", "token")) {
            Events.secretText(id, "x");
        }
        load(EVERYTHING);
        Configuration before = UnderstackConfiguration.get().toCore();
        Clouds clouds = UnderstackConfiguration.get().clouds();
        assertThat(clouds.all()).hasSize(2);
        assertThat(before.inbox().ofSources().get("ironic")).isEqualTo(new Retention(Duration.ofDays(30), 1_000, 0L));

        r.configRoundtrip();

        Configuration after = UnderstackConfiguration.get().toCore();
        assertThat(after.sensors()).isEqualTo(before.sensors());
        assertThat(after.nautobots()).isEqualTo(before.nautobots());
        assertThat(UnderstackConfiguration.get().clouds()).isEqualTo(clouds);
        assertThat(after.inbox()).isEqualTo(before.inbox());
        assertThat(after.eventSources()).isEqualTo(before.eventSources());
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(export);
        load(EVERYTHING.substring(0, EVERYTHING.indexOf("    nautobot:")) + "    sensors: []\n    eventSources: []\n");
        String exported = export.toString(StandardCharsets.UTF_8);
        assertThat(exported).contains("  understack:\n").contains(
                EVERYTHING.substring(EVERYTHING.indexOf("    obm:"), EVERYTHING.indexOf("    eventSources:")));
        load("unclassified:\n" + exported.substring(exported.indexOf("  understack:\n")).replaceAll("(?s)\n  ?\\w.*", "\n"));
        assertThat(UnderstackConfiguration.get().toCore()).isEqualTo(before);
        assertThat(UnderstackConfiguration.get().clouds()).isEqualTo(clouds);
    }

    @Test
    void anEmptiedFormIsEmpty(JenkinsRule r) throws Exception {
        load(EVERYTHING);
        UnderstackConfiguration.get().setSensors(null);
        UnderstackConfiguration.get().setEventSources(null);
        UnderstackConfiguration.get().setNautobot(null);
        UnderstackConfiguration.get().setNautobots(null);
        UnderstackConfiguration.get().setInbox(null);
        UnderstackConfiguration.get().setObm(null);
        UnderstackConfiguration.get().setOpenstack(null);

        r.configRoundtrip();

        assertThat(UnderstackConfiguration.get().getObm()).isNull();
        assertThat(UnderstackConfiguration.get().clouds().all()).isEmpty();

        assertThat(UnderstackConfiguration.get().toCore()).isEqualTo(new Configuration(List.of(), List.of(), null));
        assertThat(Understack.get().receivers().status()).isEmpty();
        assertThat(Understack.get().sensors().all()).isEmpty();
    }

    @Test
    void whatCannotWorkIsNotSaved(JenkinsRule r) throws Exception {
        for (String[] wrong : new String[][] {
            {"uri: \"amqps", "uri: \"http", "eventSources[0].uri: has the scheme \"http\""},
            {"comparator: \"find\"", "comparator: \"like\"", "sensors[0].filters[0].comparator: \"like\" is unknown"},
            {"algorithm: \"SHA-512\"", "algorithm: \"SHA-1\"", "eventSources[1].events[0].authentication.hmac.algorithm: \"SHA-1\" is refused"},
            {"event: \"openstack\"", "event: \"openstak\"", "sensors[0].event: sensor \"sensor\" depends on event \"openstak\""},
            {"authentication: \"none\"", "method: GET", "eventSources[1].events[2].authentication: is missing"},
            {"path: body.event_type, type: string", "path: body.event_type, typ: string", "sensors[2].argo.filters.data[0].typ: is unknown"},
            {"path: x, type: string", "path: x, typ: string", "sensors[1].dependencies[1].argo.filters.data[0].typ: is unknown"},
            {"conditions: \"one && two\"", "conditions: \"one\"", "sensors[1].conditions: leaves out the dependency \"two\""},
            {"within: \"10m\"", "within: \"10\"", "sensors[1].within: \"10\" is no duration"},
            {"cron: \"0 6 * * *\"", "cron: \"0 6 * *\"", "sensors[1].conditionsReset[0].cron: \"0 6 * *\" is no schedule"},
            {"timezone: \"Europe/London\"", "timezone: \"London\"", "sensors[1].conditionsReset[0].timezone: \"London\" is unknown"},
            {"starts: 3", "starts: 0", "sensors[0].limit.starts: 0 is too small"},
            {"where: \".a.x == 1\"", "where: \".a.x ==\"", "sensors[0].where: is no jq program"},
            {"key: \".a.z\"", "key: \"|\"", "sensors[0].limit.key: is no jq program"},
            {"inFlight: 2\n", "inFlight: 0\n", "sensors[1].inFlight: 0 is too small"},
            {"inFlight: 20\n", "inFlight: -1\n", "eventSources[1].inFlight: -1 is too small"},
            {"age: \"1d\"", "age: \"1\"", "inbox.retention.age: \"1\" is no duration"},
            {"age: \"30d\"", "age: \"0s\"", "eventSources[0].retention.age: \"0s\" is no duration"},
            {"bytes: 100000", "bytes: \"1 GB\"", "eventSources[1].retention.bytes: is no whole number"},
            {"pending: 500", "pending: 0", "inbox.pending: 0 is too small"},
            {"\"header.X-Key\"", "\"body.#.key\"", "eventSources[1].secretFields[1]: \"body.#.key\" is no plain path"},
            {"\"^lab-\"", "\"(\"", "obm.providers[0].matches.names[0]: \"(\" is no RE2 regular expression"},
            {"\"obm-{name}\"", "\"obm-{host}\"", "obm.providers[0].provider.id: {host} is unknown"},
            {"name: \"lab\"", "name: \"main\"", "nautobots: \"main\" occurs twice"},
            {"url: \"https://nautobot.lab", "url: \"nautobot", "nautobots[0].url: is no URL with http or https"},
            {"url: \"https://nautobot.example", "url: \"nautobot", "nautobot.url: is no URL with http or https"},
            {"-----BEGIN CERTIFICATE-----", "x", "nautobots[1].caCertificate: holds no certificate"},
            {"masterKeyCredentialsId: \"key\"", "masterKeyCredentialsId: \"\"", "obm.providers[2].provider.masterKeyCredentialsId: is empty"},
            {"interfaceName: \"internal\"", "interfaceName: \"inside\"", "openstack[0].interfaceName: \"inside\" is unknown"},
            {"endpoints: \"baremetal: https", "endpoints: \"baremetal: ftp", "openstack[1].endpoints: is no URL with http or https"},
            {"prefetch: 7", "prefetch: 0", "eventSources[0].events[0].prefetch: 0 is too small"},
        }) {
            assertThatThrownBy(() -> load(EVERYTHING.replace(wrong[0], wrong[1])))
                    .isInstanceOf(ConfiguratorException.class)
                    .satisfies(e -> assertThat(messages(e)).contains(wrong[2]));
        }
        assertThat(Understack.get().receivers().status()).isEmpty();
    }

    @Test
    void aRefusedFileLeavesEverythingAsItWas(JenkinsRule r) throws Exception {
        load(EVERYTHING);
        Configuration before = UnderstackConfiguration.get().toCore();

        assertThatThrownBy(() -> load(EVERYTHING.substring(0, EVERYTHING.indexOf("    sensors:")).replace("\"ironic\"\n        uri", "\"renamed\"\n        uri")))
                .isInstanceOf(ConfiguratorException.class);

        assertThat(UnderstackConfiguration.get().toCore()).isEqualTo(before);
        assertThat(Understack.get().configuration()).isEqualTo(before);
        UnderstackConfiguration.get().save();
    }

    @Test
    void theFormSaysWhatIsWrongAndKeepsTheOldConfiguration(JenkinsRule r) throws Exception {
        load(EVERYTHING);
        Configuration before = UnderstackConfiguration.get().toCore();
        var form = r.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .goTo("configure")
                .getFormByName("config");
        form.getInputsByValue("amqps://127.0.0.1:1/ironic").get(0).setValue("amqps://u:hunter2@rabbit/");

        var answer = r.submit(form);

        assertThat(answer.getWebResponse().getContentAsString())
                .contains("UnderStack: eventSources[0].uri: contains a user")
                .doesNotContain("hunter2");
        assertThat(UnderstackConfiguration.get().toCore()).isEqualTo(before);
    }

    @Test
    void idsOfCredentialsAreForAdministrators(JenkinsRule r) throws Exception {
        Events.secretText("nautobot-token", "x");
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("user"));
        var descriptor = new NautobotConfig.DescriptorImpl();

        try (ACLContext user = ACL.as2(hudson.model.User.getById("user", true).impersonate2())) {
            assertThat(descriptor.doFillCredentialsIdItems("current")).extracting(o -> o.value).containsExactly("current");
        }
        try (ACLContext admin = ACL.as2(hudson.model.User.getById("admin", true).impersonate2())) {
            assertThat(descriptor.doFillCredentialsIdItems("current")).extracting(o -> o.value).contains("nautobot-token");
        }
    }

    private void load(String yaml) throws Exception {
        if (Jenkins.get().getItemByFullName("folder/job") == null) {
            Events.job("folder/job", "p", "constant");
            Events.job("job", "event-json");
            Events.job("get-device-nautobot", "hostname");
        }
        Path file = Files.writeString(temp.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString();
    }
}
