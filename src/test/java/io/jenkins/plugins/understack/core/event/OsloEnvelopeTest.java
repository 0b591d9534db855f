package io.jenkins.plugins.understack.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsloEnvelopeTest {
    @Test
    void opensWhatOpenStackSends() throws Exception {
        var message = OsloEnvelope.open(Json.parse(
                """
                {"oslo.version": "2.0", "oslo.message": "{\\"message_id\\": \\"m-1\\", \\"event_type\\": \\"a.b\\"}"}"""));

        assertThat(message.path("message_id").asText()).isEqualTo("m-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "[1]                                       | body is an array; expected an object",
        "{\"oslomessage\": \"{}\"}                 | body has no \"oslo.message\" but \"oslomessage\"",
        "{\"password\": \"hunter2\"}               | body has no \"oslo.message\"; expected",
        "{\"oslo.message\": {}}                    | body[\"oslo.message\"] is an object; expected a string",
        "{\"oslo.message\": \"hunter2\"}           | body[\"oslo.message\"] is not JSON",
        "{\"oslo.message\": \"{}\"}                | event_type in body[\"oslo.message\"] is missing",
        "{\"oslo.message\": \"{\\\"event_type\\\": 7}\"} | event_type in body[\"oslo.message\"] is a number",
        "{\"oslo.message\": \"{\\\"event_type\\\": \\\"\\\"}\"} | is a string without text",
    })
    void saysWhatIsWrongWithoutThePayload(String body, String expected) {
        assertThatThrownBy(() -> OsloEnvelope.open(Json.parse(body)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("hunter2");
    }
}
