package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.workbench.argo.Soup;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTemplateTest {
    @Test
    void whatIsPrintedReadsAsTheSame() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            String printed = Part.all(parts(random, 3));
            assertThat(Part.all(GoTemplate.parse(printed))).isEqualTo(printed);
        }
    }

    private static List<Part> parts(Random random, int depth) {
        List<Part> parts = new ArrayList<>();
        for (int n = random.nextInt(3); n >= 0; n--) {
            parts.add(part(random, depth));
        }
        return parts;
    }

    private static Part part(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(6)) {
            case 0 -> new Part.Text(List.of("a", " b\n", "{ }").get(random.nextInt(3)));
            case 1 -> new Part.Print(value(random, 3));
            case 2 -> new Part.Declare("x", value(random, 2));
            case 3 -> new Part.Range(random.nextBoolean() ? "i" : null, "e", value(random, 1), parts(random, depth - 1), List.of());
            default -> new Part.Choose(random.nextBoolean(), value(random, 2), parts(random, depth - 1), parts(random, depth - 1));
        };
    }

    private static Value value(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(4) : random.nextInt(6)) {
            case 0 -> new Value.Member(new Value.Dot(), List.of("Input", "a_1"), 0);
            case 1 -> new Value.Literal(List.of("x", "a \"b\" \\ \n", "é").get(random.nextInt(3)));
            case 2 -> new Value.Literal(random.nextBoolean() ? (Object) (long) random.nextInt(100) : (Object) (random.nextInt(100) / 8.0));
            case 3 -> new Value.Variable("x", 0);
            case 4 -> new Value.Member(call(random, depth), List.of("b"), 0);
            default -> call(random, depth);
        };
    }

    private static Value.Call call(Random random, int depth) {
        List<Value> arguments = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            arguments.add(value(random, depth - 1));
        }
        return new Value.Call(List.of("upper", "eq", "f").get(random.nextInt(3)), arguments, 0);
    }

    @Test
    void randomTextIsTranslatedOrRefused() {
        Soup.check(
                List.of(
                        "{{ ", " }}", "{{- ", " -}}", ".Input", ".Input.a", ".b", " | ", "upper ", "default 1 ", "printf \"%s\" ", "eq ", "if ",
                        "else", "end", "range ", "$x := ", "$x ", "(", ")", "\"t\" ", "5 ", "1.5 ", "nil ", "true ", "text", "/*", "*/", "`", ",",
                        "{{ .Input.a }}", "{{ .Input.b | upper }}", "{{ end }}", "{{ if .Input.a }}"),
                GoTemplate::overData);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ (", "{{ if .Input }}", "{{ upper (", "{{ range .Input }}"})
    void depthIsBounded(String open) {
        Soup.checkDepth(open.startsWith("{{ (") || open.contains("upper") ? open.replace("{{", "") : open, text ->
                GoTemplate.overData(text.startsWith("{{") ? text : "{{" + text));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '^', value = {
        "{{ now }}                           => column 4: the function now depends on the moment at which it runs",
        "{{ env \"X\" }}                     => column 4: the function env reads the environment of Argo's pod",
        "{{ uuidv4 }}                        => column 4: the function uuidv4 is random",
        "{{ regexReplaceAll \"a\" .Input.x \"\" }} => column 4: the function regexReplaceAll has no counterpart in the jq of sensors",
        "{{ snakecase .Input.x }}            => column 4: the function snakecase is not translated; write the template as a jq program",
        "{{ eq .Input.n 5 }}                 => column 4: eq .Input.n 5 compares a value of JSON with a whole number",
        "{{ .Input.n | repeat .Input.m }}    => column 15: repeat .Input.m .Input.n takes a whole number",
        "{{ len .Input.n | upper }}          => column 19: upper (len .Input.n) takes a text, at which a whole number fails",
        "{{ printf \"%05d\" 5 }}             => column 4: printf \"%05d\" 5 has the verb %0",
        "{{ .Input.a-b }}                    => column 12: \"-\" cannot stand in a name or number; write (index .Input \"a-b\")",
        "{{ .Other }}                        => column 4: .Other is never there; everything is below .Input",
        "{{ template \"x\" }}                => column 4: template is not translated",
        "{{ .Input.a                         => column 12: the action does not end; expected }}",
        "{{ if .Input.a }}                   => column 18: a block does not end; expected {{ end }}",
        "{{ $y }}                            => column 4: $y is declared nowhere",
    })
    void refusalsNameTheConstructAndItsPlace(String template, String reason) {
        assertThat(((Translation.Refused) GoTemplate.overData(template)).reason()).startsWith(reason);
    }

    @Test
    void everyFunctionIsDefinedAndDocumented() throws Exception {
        String docs = Files.readString(Path.of("../docs/coming-from-argo.md"));
        try (InputStream in = GoTemplate.class.getResourceAsStream("../translate/functions.jq")) {
            String definitions = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Sprig.names()).allSatisfy(name -> {
                assertThat(definitions).contains("\ndef go_" + name + "(");
                assertThat(docs).contains("`" + name + "`");
            });
        }
    }
}
