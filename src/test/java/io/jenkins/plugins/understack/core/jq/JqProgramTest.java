package io.jenkins.plugins.understack.core.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.concurrent.TimeUnit;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time limits are far above what is promised (1 s), so that a slow machine does not fail. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JqProgramTest {
    /** Calls nothing inside, so that no function could stop it. */
    private static final String LOOP = "[range(1000)] as $a | $a[] as $x | $a[] as $y | $a[] as $z | $a[] | empty";

    /** None of them ends by itself in any useful time, and each in another part of jackson-jq. */
    @ParameterizedTest
    @ValueSource(strings = {
        "last(range(1e12))",
        "last(range(0; 1e12))",
        "last(range(0; 1; 1e-12))",
        "last(range(1e300; 1e301))",
        LOOP,
        "last(0 | while(true; . + 1))",
        "last(0 | recurse(. + 1))",
        "0 | until(false; . + 1)",
        "last(limit(1e12; range(1e12)))",
        "[range(1000)] | last(combinations(9))",
        "def f: if . > 300 then . else (. + 1 | f), (. + 1 | f) end; 0 | last(f)",
        "def f: if . > 300 then error(\"x\") else (. + 1 | f)?, (. + 1 | f)? end; 0 | last(f)",
        "last((1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4)"
                + "| (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4))",
        "try last(range(1e12)) catch 1",
        "def f: f; f",
        "def f: [f]; f",
    })
    void noProgramRunsForEver(String text) throws Exception {
        JqProgram program = JqProgram.compile("transform", text);

        assertThatThrownBy(() -> program.first(Json.parse("{}")))
                .isInstanceOf(JsonQueryException.class)
                .message()
                .matches("took longer than 1 s|it recurses too deeply|range puts out more than 1000000 items|needs more than 64 MB");
        assertThat(JqProgram.compile("transform", ".a").first(Json.parse("{\"a\": 1}")).asInt()).isEqualTo(1);
        awaitIdle();
    }

    @Test
    void aLoopSaysHowLongItMayTake() throws Exception {
        assertThatThrownBy(() -> first(LOOP, "{}")).hasMessage("took longer than 1 s");
        awaitIdle();
        assertThatThrownBy(() -> first(LOOP, "{}")).hasMessage("took longer than 1 s");
    }

    @Test
    void aLoopDoesNotHoldUpAnotherProgram() throws Exception {
        JqProgram loop = JqProgram.compile("transform", LOOP);
        Thread looping = new Thread(() -> {
            try {
                loop.first(Json.parse("{}"));
            } catch (Exception e) {
                // It must fail; that is another test.
            }
        });
        looping.start();
        JqProgram other = JqProgram.compile("transform", ".a");

        int done = 0;
        while (looping.isAlive()) {
            assertThat(other.first(Json.parse("{\"a\": 1}")).asInt()).isEqualTo(1);
            done++;
        }
        assertThat(done).isGreaterThan(10);
    }

    /** As jq's first(…): what would come later is not asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"1, 2", "range(1; 1e12)", "1 | recurse(. + 1)", "1, error(\"x\")"})
    void onlyTheFirstOutputIsMade(String text) throws Exception {
        assertThat(first(text, "{}").asInt()).isEqualTo(1);
    }

    @Test
    void allOutputsAreThoseOfJqInOrder() throws Exception {
        JsonNode alerts = Json.parse("{\"alerts\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}");

        assertThat(JqProgram.compile("forEach", ".alerts[].id").all(alerts, 3)).extracting(JsonNode::asInt).containsExactly(1, 2, 3);
        assertThat(JqProgram.compile("forEach", ".alerts[] | select(.id > 3)").all(alerts, 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".alerts[]", "try .alerts[] catch 1", "range(1e12)", "0 | recurse(. + 1)"})
    void moreOutputsThanAskedForAreAnError(String text) throws Exception {
        JsonNode alerts = Json.parse("{\"alerts\": [1, 2, 3]}");

        assertThatThrownBy(() -> JqProgram.compile("forEach", text).all(alerts, 2)).hasMessage("puts out more than 2 values");
    }

    @Test
    void outputsBesideAnErrorAreAnError() {
        assertThatThrownBy(() -> JqProgram.compile("forEach", "1, error(\"x\")").all(Json.parse("{}"), 2)).hasMessage("x");
    }

    /** What sensors consist of; the first five are all that UnderStack has. */
    @ParameterizedTest
    @ValueSource(strings = {
        ".body = (.body[\"oslo.message\"] | fromjson)",
        ".body[\"oslo.message\"] | fromjson",
        "{body: (.body[\"oslo.message\"] | fromjson)}",
        ".body = (.body[\"oslo.message\"] | fromjson) | .body.ironic_object = .body.payload[\"ironic_object.data\"]",
        ".body = (.body[\"oslo.message\"] | fromjson) | .body.storage_wanted = (.body.payload.metadata.storage // \"none\")",
        ".body.severity == \"critical\" and (.body.name | test(\"^x\"))",
        ".body.payload.uuid",
        ".body.alerts[]",
        ".body.alerts[].labels.alertname",
        ".body.alerts[] | select(.status == \"firing\") | {name: .labels.alertname, text: \"\\(.status) at \\(.startsAt)\"}",
        "[.body.alerts[] | select(.labels.severity == \"critical\" and .status != \"resolved\")] | length > 0",
        "any(.body.alerts[]; .status == \"firing\")",
        ".body.alerts | map(.labels.id // \"none\") | join(\",\")",
        ".body as $b | {id: $b.payload.id, kind: $b.event_type}",
        "if .a > 3 then .b elif .c then .d[0] else error(\"no\") end",
        ".a |= ascii_downcase | .b //= 3 | .c += 1 | del(.d)",
        ".a - 1 < 5 or (.b | length) / 2 >= 4 or .c % 2 == 0",
        ".a? // (.b | try tonumber catch 0)",
        ".a | @base64d | fromjson | .b[2:4]",
        ".a[]?",
        ".a[].b[] | .c",
        "true",
    })
    void shortProgramsStayOnTheCallersThread(String text) {
        assertThat(JqProgram.compile("transform", text).linear()).isTrue();
    }

    /** Each looks at something more than once for each element, repeats, or doubles with the length of the program. */
    @ParameterizedTest
    @ValueSource(strings = {
        "range(3)",
        "..",
        "recurse",
        "[limit(3; .[])]",
        "until(true; .)",
        "reduce .[] as $x (0; . + $x)",
        "foreach .[] as $x (0; . + $x)",
        "label $out | .a",
        "def f: 1; f",
        ". as $x | .[] | $x",
        ".[] as $x | [.[] | . == $x]",
        ". as [$a] | $a",
        "[.[] == .[]]",
        ".[] == .a",
        "{a: .[], b: .[]}",
        "{a: .[], b: (. | tojson)}",
        "\"\\(.[])\\(.[])\"",
        "(.[] | .a) = 1",
        ".[] |= 1",
        ".[.n] = 1",
        ".a[1000000] = 1",
        ".[.n]",
        ".[[1]]",
        "setpath([1]; 1)",
        ".a * .b",
        "\"x\" * 3",
        ".a - .b",
        ".a / .b",
        "contains(.a)",
        "test(.a)",
        "test(\"x\"; .a)",
        "join(.a)",
        "split(.a)",
        "sort",
        "unique",
        "add",
        "walk(.)",
        "paths",
        "env",
        "no_such_function",
        "select(.a[])",
        "if .a[] then 1 else 2 end",
        "(1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4)",
        "[(1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4) | (1, 2, 3, 4)]",
    })
    void allOtherProgramsGetTheirOwnThread(String text) {
        assertThat(JqProgram.compile("transform", text).linear()).isFalse();
    }

    /** Its text grows with each part; what it may use ends it on the caller's thread too. */
    @Test
    void aShortProgramIsBoundedTwice() throws Exception {
        JqProgram program = JqProgram.compile("transform", "tojson" + " | tojson".repeat(40));
        assertThat(program.linear()).isTrue();
        assertThatThrownBy(() -> program.first(Json.parse("\"\\\"\""))).hasMessage("needs more than 64 MB");

        JqProgram tree = JqProgram.compile("transform", "[., .]" + " | [., .]".repeat(40));
        assertThat(tree.linear()).isTrue();
        assertThatThrownBy(() -> tree.first(Json.parse("1"))).hasMessage("looks at more than 20000000 values");
    }

    @Test
    void shortProgramsTakeLargeEvents() throws Exception {
        ArrayNode alerts = Json.MAPPER.createArrayNode();
        for (int i = 0; i < 50_000; i++) {
            alerts.addObject().put("status", i % 100 == 0 ? "firing" : "resolved").putObject("labels").put("id", "node-" + i).put("name", "x".repeat(40));
        }
        String inner = alerts.toString();
        assertThat(inner.length()).isGreaterThan(5_000_000);
        JsonNode event = Json.MAPPER.createObjectNode().set("body", Json.MAPPER.createObjectNode().put("oslo.message", inner));

        assertThat(JqProgram.compile("transform", ".body = (.body[\"oslo.message\"] | fromjson)").first(event).get("body")).hasSize(50_000);
        assertThat(JqProgram.compile("forEach", ".body[\"oslo.message\"] | fromjson | .[] | select(.status == \"firing\") | .labels.id")
                        .all(event, 500))
                .hasSize(500);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ascii_downcase | abcé😀z1", "ascii_upcase | ABCé😀Z1"})
    void lettersOfAsciiChangeTheirCase(String text, String expected) throws Exception {
        assertThat(first(text, "\"aBcé😀Z1\"").asText()).isEqualTo(expected);
    }

    @Test
    void aMillionElementsAreWithinTheLimitOrAnError() throws Exception {
        ArrayNode million = Json.MAPPER.createArrayNode();
        for (int i = 0; i < 1_000_000; i++) {
            million.add(i);
        }
        try {
            assertThat(JqProgram.compile("transform", "[.[] | . + 1]").first(million)).hasSize(1_000_000);
        } catch (JsonQueryException e) {
            assertThat(e).hasMessage("took longer than 1 s");
        }
        awaitIdle();
    }

    @Test
    void generatorsMayMakeMany() throws Exception {
        assertThat(first("[range(100000)] | length", "{}").asInt()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "test(\"^s\")                          | true",
        "test(\"^S\")                          | false",
        "test(\"^S\"; \"i\")                   | true",
        "test(\"^S\"; null)                    | false",
        "test([\"^S\", \"gi\"])                | true",
        "test([\"r-1$\"])                      | true",
        "test(\"(?P<n>[0-9])$\")               | true",
        "[test(\"x\", \"s\")] == [false, true] | true",
        "def test(a): a; test(7) == 7           | true",
    })
    void testIsThatOfRe2(String text, boolean expected) throws Exception {
        assertThat(first(text, "\"server-1\"").booleanValue()).isEqualTo(expected);
    }

    @Test
    void expressionsDoNotBacktrack() throws Exception {
        assertThat(first("test(\"^(a+)+$\")", "\"" + "a".repeat(5_000) + "b\"").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "test(\"(?=x)\")     | \"(?=x)\" is no RE2 regular expression",
        "test(\"x\"; \"xs\") | flag \"x\" is unknown; expected g or i",
        "test(1)             | expected a text",
    })
    void testNamesWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> first(text, "\"server-1\"")).hasMessageContaining(message);
        assertThatThrownBy(() -> first("test(\"x\")", "1")).hasMessageContaining("test takes texts; found number");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "match(\"a\")", "match(\"a\"; \"g\")", "capture(\"a\")", "capture(\"a\"; \"g\")", "scan(\"a\")", "scan(\"a\"; \"g\")",
        "split(\"a\"; null)", "splits(\"a\")", "splits(\"a\"; null)", "sub(\"a\"; \"b\")", "sub(\"a\"; \"b\"; \"g\")",
        "gsub(\"a\"; \"b\")", "gsub(\"a\"; \"b\"; \"i\")", "_match_impl(\"a\"; null; true)", "_sub_impl(\"a\"; \"b\"; \"g\")"})
    void functionsThatBacktrackAreRefused(String text) {
        assertThatThrownBy(() -> first(text, "\"server-1\""))
                .isInstanceOf(JsonQueryException.class)
                .hasMessageContaining(text.substring(0, text.indexOf('(')) + " is not available in sensors")
                .hasMessageContaining("test(");
    }

    @Test
    void splitByATextRemains() throws Exception {
        assertThat(first("split(\"-\")[1]", "\"server-1\"").asText()).isEqualTo("1");
    }

    @Test
    void outputsAreAsDeepAsEventsAtMost() throws Exception {
        assertThat(first("reduce range(190) as $i (1; [.])", "{}")).hasSize(1);
        assertThatThrownBy(() -> first("reduce range(5000) as $i (1; [.])", "{}")).hasMessageContaining("deeper than 200");
    }

    @ParameterizedTest
    @CsvSource({".n + 0, 1.2345678901234567E19", ".n - 1, 1.2345678901234567E19", ".n * 2, 2.4691357802469134E19", ".n, 12345678901234567890"})
    void largeIntegersDoNotOverflow(String program, double expected) throws Exception {
        assertThat(JqProgram.compile("x", program).first(Json.parse("{\"n\": 12345678901234567890}")).doubleValue()).isEqualTo(expected);
    }

    /** What jq 1.7 and gojq put out. */
    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
        "true or false and false > true",
        "false and false or true > true",
        "(true or false) and false > false",
        "1 == 1 or 1 == 2 and 1 == 2 > true",
        ".a = .b // 1 > {\"b\":null,\"a\":null}",
        ".a = (.b // 1) > {\"b\":null,\"a\":1}",
        ".b // 1 + 1 > 2",
        ".b // 1 == 1 > true",
        ".b // .c // 3 > 3",
        "[.b // 1, 2] > [1,2]",
        "1 + 2 * 3 > 7",
    })
    void operatorsBindAsInJq(String program, String expected) throws Exception {
        assertThat(JqProgram.compile("x", program.strip()).first(Json.parse("{\"b\": null}"))).hasToString(expected.strip());
    }

    @Test
    void aTextThatIsNestedTooDeeplyIsNoProgram() {
        String deep = "(".repeat(50_000) + "1" + ")".repeat(50_000);

        assertThatThrownBy(() -> JqProgram.compile("transform", deep))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("transform: is no jq program: ");
    }

    private static JsonNode first(String text, String input) throws Exception {
        return JqProgram.compile("transform", text).first(Json.parse(input));
    }

    /** No evaluation goes on in the background. */
    private static void awaitIdle() throws InterruptedException {
        while (JqThreads.SHARED.running() > 0) {
            Thread.sleep(5);
        }
    }
}
