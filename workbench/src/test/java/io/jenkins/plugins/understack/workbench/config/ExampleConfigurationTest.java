package io.jenkins.plugins.understack.workbench.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.RecordText;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of the documentation, which the plugin's tests read through Configuration as Code. */
class ExampleConfigurationTest {
    private static final Path EXAMPLE = Path.of("../docs/examples/understack.yaml");

    @Test
    void meansTheSameAsInJenkins() throws Exception {
        try (InputStream golden = RecordText.class.getResourceAsStream("example-configuration.txt")) {
            assertThat(RecordText.of(ConfigurationFile.load(EXAMPLE, Map.of()).configuration()))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void secretsComeFromTheEnvironmentWhenTheyAreAskedFor() throws Exception {
        Secrets secrets = ConfigurationFile.load(EXAMPLE, Map.of("NAUTOBOT_TOKEN", "t0ken")).secrets();
        assertThat(secrets.text("nautobot-token")).isEqualTo("t0ken");
        assertThatThrownBy(() -> secrets.usernamePassword("rabbitmq-ironic"))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessage("credential \"rabbitmq-ironic\" needs the environment variable RABBITMQ_PASSWORD, which is not set");
        assertThatThrownBy(() -> secrets.usernamePassword("nautobot-token"))
                .hasMessage("credential \"nautobot-token\" is of the kind string; expected usernamePassword");
        assertThatThrownBy(() -> secrets.text("other"))
                .hasMessageStartingWith("credential \"other\" does not exist; expected one of [rabbitmq-ironic, ");
    }
}
