package io.jenkins.plugins.understack.core.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a BMC says about an error: {@code error.@Message.ExtendedInfo[]} (DSP0266, "Error responses"). */
public final class ErrorText {
    private static final int MAX_MESSAGES = 5;
    private static final int MAX_CHARACTERS = 300;

    private ErrorText() {}

    /**
     * @param secret a password was sent, which messages such as PropertyValueFormatError quote: only the message's ids are told
     * @return beginning with a colon, or empty
     */
    static String of(byte[] body, boolean secret) {
        try {
            JsonNode error = Json.parse(body).path("error");
            JsonNode details = error.path("@Message.ExtendedInfo");
            List<String> texts = secret ? ids(details) : messages(details);
            if (texts.isEmpty() && !secret && error.path("message").isTextual()) {
                texts = List.of(clean(error.path("message").textValue()));
            }
            return texts.isEmpty() ? "" : ": " + String.join(" ", texts);
        } catch (MalformedEventException e) {
            return "";
        }
    }

    /** The texts of messages, as tasks have them too ({@code Messages[]}); at most five, without line ends. */
    public static List<String> messages(JsonNode messages) {
        return texts(messages, message -> message.path("Message").isTextual()
                ? clean(message.path("Message").textValue())
                : id(message));
    }

    private static List<String> ids(JsonNode messages) {
        return texts(messages, ErrorText::id);
    }

    private static String id(JsonNode message) {
        String id = message.path("MessageId").asText();
        return id.matches("[A-Za-z0-9._-]{1,100}") ? id : "";
    }

    private static List<String> texts(JsonNode messages, Function<JsonNode, String> text) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages) {
            String one = text.apply(message);
            if (!one.isEmpty() && texts.size() < MAX_MESSAGES && !texts.contains(one)) {
                texts.add(one);
            }
        }
        return texts;
    }

    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_CHARACTERS ? line.substring(0, MAX_CHARACTERS) + "…" : line;
    }
}
