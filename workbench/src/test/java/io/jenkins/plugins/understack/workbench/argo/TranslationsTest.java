package io.jenkins.plugins.understack.workbench.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.workbench.argo.gotemplate.GoTemplate;
import io.jenkins.plugins.understack.workbench.argo.govaluate.Govaluate;
import io.jenkins.plugins.understack.workbench.argo.lua.Lua;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each line of {@code translations.yaml} is translated, and puts out what it did in Argo Events. */
class TranslationsTest {
    @TestFactory
    Stream<DynamicTest> lines() throws Exception {
        try (InputStream in = TranslationsTest.class.getResourceAsStream("translations.yaml")) {
            JsonNode file = new YAMLMapper().readTree(in);
            return Stream.of("documentation", "cases")
                    .flatMap(part -> StreamSupport.stream(file.path(part).spliterator(), false))
                    .map(line -> DynamicTest.dynamicTest(line.properties().iterator().next().toString(), () -> check(line, line.path("input").isMissingNode() ? file.path("input") : line.path("input"))));
        }
    }

    private static void check(JsonNode line, JsonNode read) throws Exception {
        Map.Entry<String, JsonNode> first = line.properties().iterator().next();
        String text = first.getValue().asText();
        JsonNode input = Json.parse(read.toString());
        Set<String> names = new HashSet<>();
        input.fieldNames().forEachRemaining(names::add);
        ObjectNode event = Json.MAPPER.createObjectNode().set("event", input);
        Translation translation = switch (first.getKey()) {
            case "expr" -> Govaluate.toJq(text, names);
            case "template" -> input.isTextual() ? GoTemplate.overText(text) : GoTemplate.overData(text);
            case "filter" -> Lua.filterToJq(text);
            default -> Lua.transformToJq(text);
        };
        assertThat(translation).isInstanceOf(Translation.Program.class);
        JqProgram program = JqProgram.compile("jq", ((Translation.Program) translation).jq());
        JsonNode given = first.getKey().equals("filter") ? event : input;
        JsonNode expected = line.path("out");
        if (expected.isNull()) {
            assertThatThrownBy(() -> program.first(given)).isInstanceOf(JsonQueryException.class);
        } else {
            JsonNode out = program.first(given);
            // What is not true counts as false.
            assertThat(first.getKey().equals("expr") && !out.isBoolean() ? Json.parse("false") : out)
                    .isEqualTo(expected.isTextual() ? TextNode.valueOf(expected.asText()) : Json.parse(expected.toString()));
        }
    }
}
