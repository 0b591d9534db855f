package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.workbench.config.ConfigurationException;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code getObmCreds} and {@code withObmCreds} with the file that Jenkins reads too. */
class ObmCredsTest {
    private static final String PASSWORD = "M5CacBLC/4eVuaTmoH8v";
    private static final String FILE =
            """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - string:
                          id: bmc-master
                          secret: ${BMC_MASTER}
                      - usernamePassword:
                          id: obm-lab-1
                          username: admin
                          password: ${LAB_PASSWORD}
            unclassified:
              understack:
                obm:
                  providers:
                    - matches:
                        names: ["^lab-"]
                      provider:
                        jenkinsCredential:
                          id: "obm-{name}"
                    - matches:
                        names: ["^site-"]
                      provider:
                        ourVault:
                          path: kv/bmc
                    - provider:
                        standardPassword:
                          masterKeyCredentialsId: bmc-master
            """;

    @TempDir
    private Path temp;

    @Test
    void theValueIsBoundInTheBlockAndMaskedInAllThatIsShown() throws Exception {
        WorkflowResult result = run(
                """
                def ref = getObmCreds(ip: '1.2.3.4')
                def seen = []
                withObmCreds(credentials: ref) {
                    seen << OBM_USERNAME << env.OBM_PASSWORD.reverse()
                    echo "all: ${OBM_PASSWORD} ${OBM_PASSWORD.bytes.encodeBase64()}"
                    echo "${'x' * 190} ${OBM_PASSWORD}"
                    withObmCreds(hostname: 'lab-1', passwordVariable: 'LAB') {
                        seen << env.LAB << env.OBM_USERNAME << env.OBM_PASSWORD.length()
                    }
                    seen << env.LAB << env.OBM_USERNAME
                    env.OBM_PASSWORD
                }
                seen << env.OBM_PASSWORD
                [ref: ref, seen: seen]
                """);

        String backwards = new StringBuilder(PASSWORD).reverse().toString();
        assertThat(result.value().toString())
                .isEqualTo("{\"ref\":\"obm-1\",\"seen\":[\"root\",\"" + backwards + "\",\"****\",\"admin\",20,null,\"root\",null]}");
        assertThat(result.toJson().toString())
                .contains("getObmCreds 1.2.3.4", "withObmCreds obm-1", "echo", "all: **** ****", "x ****…")
                .doesNotContain(PASSWORD, "M5Ca", "TTVDYWNC", "calvin");
    }

    @Test
    void anErrorOfTheBlockIsThatOfTheWorkflowAndMasked() throws Exception {
        WorkflowResult result = run("withObmCreds(ip: '1.2.3.4') { error \"no log-in with ${OBM_PASSWORD}\" }");

        assertThat(result.succeeded()).isFalse();
        assertThat(result.toJson().toString()).contains("no log-in with ****").doesNotContain(PASSWORD);
        assertThat(run("try { withObmCreds(ip: '1.2.3.4') { error 'x' } } catch (e) { echo 'caught' }; env.OBM_PASSWORD").value().isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            getObmCreds()                                        | getObmCreds: hostname: is empty
            getObmCreds(ip: '')                                  | getObmCreds: hostname: is empty
            getObmCreds(ip: 'elephants')                         | getObmCreds: ip: "elephants" is no IP address
            getObmCreds(hostname: 'h1')                          | getObmCreds: device h1: the address of its BMC cannot be looked up
            getObmCreds(hostname: 'site-1')                      | getObmCreds: device site-1: the provider ourVault works in Jenkins only
            withObmCreds(ip: '1.2.3.4')                          | withObmCreds: has no block
            withObmCreds(credentials: 'obm-1') { }               | withObmCreds: credentials: "obm-1" is no reference
            withObmCreds(credentials: 'obm-1', ip: '1.2.3.4') {} | withObmCreds: credentials is given together with a device
            withObmCreds(ip: 'elephants') { }                    | withObmCreds: ip: "elephants" is no IP address
            """)
    void whatCannotBeDoneSaysWhy(String call, String message) throws Exception {
        assertThat(message(run(call))).startsWith(message);
    }

    /** Of S25, with the workflow as it is in the library. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.2.3.4   |
            ''        | getObmCreds: hostname: is empty
            elephants | getObmCreds: ip: "elephants" is no IP address
            """)
    void theWorkflowOfTheLibraryTellsOnlyAReference(String ip, String message) throws Exception {
        WorkflowResult result = run(WorkflowLibrary.provided(), "getObmCreds", Map.of("ip", ip));

        if (message == null) {
            assertThat(result.value().asText()).isEqualTo("obm-1");
        } else {
            assertThat(message(result)).startsWith(message);
        }
        assertThat(result.toJson().toString()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            masterKeyCredentialsId: bmc-master | masterKey: bmc-master | standardPassword.masterKey: is unknown
            "obm-{name}"                       | "obm-{host}"          | jenkinsCredential.id: {host} is unknown
            ["^lab-"]                          | ["("]                 | matches.names[0]: "(" is no RE2 regular expression
            """)
    void aMistakeInTheFileIsFound(String good, String wrong, String message) {
        Assertions.assertThatThrownBy(() -> load(FILE.replace(good, wrong)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theFileSaysWhoseCertificatesBmcsMayHave() throws Exception {
        assertThat(load(FILE).bmcTrust().isDefault()).isTrue();
        assertThat(load(FILE.replace("obm:\n", "obm:\n      insecureSkipVerify: true\n")).bmcTrust().insecureSkipVerify()).isTrue();
        Assertions.assertThatThrownBy(() -> load(FILE.replace("obm:\n", "obm:\n      caCertificate: x\n")))
                .hasMessageContaining("obm.caCertificate: holds no certificate");
    }

    private static String message(WorkflowResult result) {
        return result.toJson().path("message").asText();
    }

    private ConfigurationFile load(String text) throws Exception {
        return ConfigurationFile.load(
                Files.writeString(temp.resolve("understack.yaml"), text),
                Map.of("BMC_MASTER", "new secret string", "LAB_PASSWORD", "calvin-of-lab-1"));
    }

    private WorkflowResult run(String body) throws Exception {
        Path vars = Files.createDirectories(temp.resolve("vars"));
        Files.writeString(vars.resolve("outer.groovy"), "def call(Map inputs) {\n" + body + "\n}\n");
        return run(WorkflowLibrary.of(vars), "outer", Map.of());
    }

    private WorkflowResult run(WorkflowLibrary library, String workflow, Map<String, String> inputs) throws Exception {
        ConfigurationFile file = load(FILE);
        Steps steps = Steps.of(file.configuration(), file.secrets(), file.obm(), Bmcs.real(file.bmcTrust(), new MemoryStateStore()));
        return new WorkflowRun(library, steps, Clock.systemUTC(), "x-1", null).execute(workflow, inputs);
    }
}
