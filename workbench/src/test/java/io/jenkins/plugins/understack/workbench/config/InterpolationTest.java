package io.jenkins.plugins.understack.workbench.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    private final Interpolation interpolation = new Interpolation(Map.of("HOST", "h1", "PORT", "5672", "EMPTY", ""));

    @ParameterizedTest
    @CsvSource({
        "amqp://${HOST}:${PORT}/x, amqp://h1:5672/x",
        "${NONE:-amqp://h2:1}, amqp://h2:1",
        "${NONE:-${HOST}}/a, h1/a",
        "${HOST:-other}, h1",
        "a^${HOST}b, a${HOST}b",
        "'{{workflow.name}} $HOME', '{{workflow.name}} $HOME'",
        "[${EMPTY:-x}], []",
        "${NONE:-}, ''",
    })
    void replacesVariables(String raw, String expected) {
        assertThat(interpolation.resolve(raw)).isEqualTo(new Interpolation.Result(expected, null));
    }

    @Test
    void saysWhichVariableIsMissing() {
        assertThat(interpolation.resolve("${HOST}${NONE}").missing()).isEqualTo("NONE");
    }

    @Test
    void refusesWhatIsNotClosed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> interpolation.resolve("${HOST"))
                .withMessage("has a ${ without }; expected ${NAME}, or ^${ for a plain ${");
    }
}
