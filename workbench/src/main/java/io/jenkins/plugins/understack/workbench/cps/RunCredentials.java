package io.jenkins.plugins.understack.workbench.cps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Log-ins that a run was given, by their references, and the variables of the blocks that it is in. Belongs to the thread of the run.
 * Whatever once was here is masked until the run ends.
 */
final class RunCredentials {
    private static final String MASK = "****";
    /** As credentials-binding does in Jenkins: to mask what is shorter would hide nothing and spoil the text. */
    private static final int SHORTEST = 3;

    private final Map<String, ObmCredential> byReference = new HashMap<>();
    private final Deque<Map<String, String>> blocks = new ArrayDeque<>();
    /** The longer ones first: one may be part of another. */
    private final TreeSet<String> masked =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    RunCredentials() {
        blocks.push(Map.of());
    }

    /** @return the reference, good within this run */
    String add(ObmCredential credential) {
        String reference = "obm-" + (byReference.size() + 1);
        byReference.put(reference, credential);
        String password = credential.password();
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        String json = new TextNode(password).toString();
        Stream.of(
                        password,
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getEncoder().withoutPadding().encodeToString(bytes),
                        URLEncoder.encode(password, StandardCharsets.UTF_8),
                        json.substring(1, json.length() - 1))
                .filter(form -> form.length() >= SHORTEST)
                .forEach(masked::add);
        return reference;
    }

    /** Null where the run was given none of this name. */
    ObmCredential find(String reference) {
        return byReference.get(reference);
    }

    void enter(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(blocks.peek());
        all.putAll(variables);
        blocks.push(all);
    }

    void leave() {
        blocks.pop();
    }

    /** The environment at this place of the workflow. */
    Map<String, String> variables() {
        return blocks.peek();
    }

    String mask(String text) {
        String shown = text;
        for (String secret : masked) {
            shown = maskCut(shown.replace(secret, MASK), secret);
        }
        return shown;
    }

    JsonNode mask(JsonNode value) {
        String text = value.toString();
        String shown = mask(text);
        if (shown.equals(text)) {
            return value;
        }
        try {
            return Json.MAPPER.readTree(shown);
        } catch (JsonProcessingException e) {
            // A password of digits was part of a number.
            return TextNode.valueOf(shown);
        }
    }

    /** Where a long text was cut ({@link PlainValues#line}), that may have been inside of a secret. */
    private static String maskCut(String text, String secret) {
        if (text.endsWith("…")) {
            String kept = text.substring(0, text.length() - 1);
            for (int length = secret.length() - 1; length >= SHORTEST; length--) {
                if (kept.endsWith(secret.substring(0, length))) {
                    return kept.substring(0, kept.length() - length) + MASK + "…";
                }
            }
        }
        return text;
    }
}
