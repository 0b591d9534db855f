package io.jenkins.plugins.understack.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of {@code paths.txt}, and that nothing whatever makes a path throw. */
class GjsonTest {
    private static final List<String> KEYS = List.of("a", "b", "0", "#", "", "k.k", "*", "@this", "\u00e9");
    private static final List<String> TEXTS = List.of("a", "{\"a\":[1]}", "", "[", "true", "1e999", "\ud83d", "\u0000\n\"\\", "b*");

    private final Map<String, JsonNode> documents = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> paths() throws Exception {
        String text;
        try (InputStream in = GjsonTest.class.getResourceAsStream("paths.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        for (String line : lines) {
            if (line.charAt(1) == ':') {
                documents.put(line.substring(0, 1), Json.parse(line.substring(2)));
            }
        }
        return lines.stream().filter(line -> line.charAt(1) != ':').map(line -> DynamicTest.dynamicTest(line, () -> check(line)));
    }

    private void check(String line) throws Exception {
        // A pipe inside a path is written \|.
        String[] parts = line.split(" (?<!\\\\)\\| ", 3);
        String path = parts[1].replace("\\|", "|");

        JsonNode value = DataPath.asArgoReadsIt("path", path).read(documents.get(parts[0]));

        if (parts[2].equals("nothing")) {
            assertThat(value.isMissingNode()).as(value.toString()).isTrue();
        } else {
            assertThat(value).hasToString(Json.parse(parts[2]).toString());
        }
    }

    @Test
    void noPathThrowsOnAnyJson() throws Exception {
        Random random = new Random(20261121);
        String alphabet = "ab01.#|@\\*?![]{}()\"=<>%~:,k";
        List<String> words = List.of("@reverse", "@tostr", "@fromstr", "@dig:a", "@group", "@join", "#(", ")#", "..", "!\"", "@flatten:{", "~true", "\u00e9");
        for (int i = 0; i < 50_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                path.append(random.nextInt(5) == 0 ? words.get(random.nextInt(words.size())) : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            JsonNode data = json(random, 4);
            assertThatCode(() -> read(path.toString(), data))
                    .as("path " + path + " on " + data)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void longAndNestedPathsEnd() throws Exception {
        JsonNode data = Json.parse("{\"a\":".repeat(100) + "[1]" + "}".repeat(100));
        for (String piece : List.of("a.", "*.", "#.", "a|", "[", "#(", "{a,", "#(a.")) {
            String path = piece.repeat(4_000 / piece.length()) + "a";
            assertThatCode(() -> DataPath.asArgoReadsIt("path", path).read(data)).as(piece).doesNotThrowAnyException();
        }
        for (String piece : List.of("@tostr|", "@dig:a|", "@dig:@dig:", "@flatten|")) {
            assertThatThrownBy(() -> DataPath.asArgoReadsIt("path", piece.repeat(17) + "a"))
                    .hasMessageStartingWith("path: has too many modifiers");
        }
        JsonNode text = Json.MAPPER.getNodeFactory().textNode("\\".repeat(1_000_000));
        assertThat(DataPath.parse("path", "a|" + "@tostr|".repeat(15) + "@this").read(Json.MAPPER.createObjectNode().set("a", text)))
                .isNotNull();
        assertThat(DataPath.parse("path", "#(%\"" + "*a".repeat(1_000) + "b\")").read(Json.MAPPER.createArrayNode().add("a".repeat(1_000_000))).isMissingNode())
                .isTrue();
        ArrayNode million = Json.MAPPER.createArrayNode();
        for (int i = 0; i < 1_000_000; i++) {
            million.add(i);
        }
        assertThat(DataPath.parse("path", "#(>999998)").read(million)).hasToString("999999");
        assertThat(DataPath.parse("path", "@reverse.0").read(million)).hasToString("999999");
    }

    /** Each would go through the array as often as there is room in a path. */
    @ParameterizedTest
    @ValueSource(strings = {"[%]:#.a,", "{%}:#.a,", "[%]:#(a>=0)#,", "[%]:@reverse,", "%#:#|", "%#:#(a>=0)#|", "[%]:#(s%\"*a*a*a*a*b\")#,"})
    void aPathLooksAtSoManyValuesAtMost(String shape) {
        ObjectNode same = Json.MAPPER.createObjectNode().put("a", 1).put("s", "aaaaaaaaaaaa");
        ArrayNode million = Json.MAPPER.createArrayNode();
        for (int i = 1; i < 1_000_000; i++) {
            million.add(same);
        }
        million.add(same.deepCopy().put("a", 999_999));
        String[] parts = shape.split(":", 2);
        int times = parts[1].startsWith("@") ? 15 : 500;
        DataPath path = DataPath.asArgoReadsIt("path", parts[0].replace("%", parts[1].repeat(Math.min(times, 4_000 / parts[1].length())) + "a"));

        assertThat(path.read(million).isMissingNode()).isTrue();
        assertThat(DataPath.parse("path", "#(a==999999).a").read(million)).hasToString("999999");
    }

    /** What a path prints is the path: parsed again, it reads the same. */
    @Test
    void whatAPathPrintsReadsTheSame() throws Exception {
        Random random = new Random(3);
        String[] parts = {"a", "b", "0", "1", "-1", "k\\.k", "#", "#.a", "#(a>1)#", "*", "a?", "@reverse", "@this", "a|b", "[a,b]", "{a,b}", "\\*", "\u00e9"};
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                text.append(text.isEmpty() ? "" : random.nextInt(4) == 0 ? "|" : ".").append(parts[random.nextInt(parts.length)]);
            }
            DataPath path = DataPath.asArgoReadsIt("path", text.toString());
            DataPath again = DataPath.asArgoReadsIt("path", path.toString());
            JsonNode data = json(random, 4);

            assertThat(again).isEqualTo(path).hasSameHashCodeAs(path);
            assertThat(again.read(data)).as(text + " on " + data).isEqualTo(path.read(data));
            found += path.read(data).isMissingNode() ? 0 : 1;
        }
        assertThat(found).isGreaterThan(1_000);
    }

    private static void read(String path, JsonNode data) {
        DataPath parsed;
        try {
            parsed = DataPath.asArgoReadsIt("path", path);
        } catch (InvalidFieldException e) {
            return;
        }
        parsed.read(data);
    }

    private static JsonNode json(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> Json.MAPPER.getNodeFactory().nullNode();
            case 1 -> Json.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> Json.MAPPER.getNodeFactory().numberNode(random.nextDouble());
            case 3 -> Json.MAPPER.getNodeFactory().numberNode(random.nextInt(3));
            case 4 -> Json.MAPPER.getNodeFactory().textNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5 -> Json.MAPPER.getNodeFactory().numberNode(new BigDecimal(random.nextBoolean() ? "1e400" : "12345678901234567890.10"));
            case 6, 7 -> {
                var object = Json.MAPPER.createObjectNode();
                for (String key : KEYS) {
                    if (random.nextInt(3) > 0) {
                        object.set(key, json(random, depth - 1));
                    }
                }
                yield object;
            }
            default -> {
                var array = Json.MAPPER.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(json(random, depth - 1));
                }
                yield array;
            }
        };
    }
}
