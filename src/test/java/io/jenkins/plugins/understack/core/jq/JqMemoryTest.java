package io.jenkins.plugins.understack.core.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that would fill the memory, in a JVM of their own that has little of it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JqMemoryTest {
    /** 64 MB that a program may use, and what a JVM needs for itself. */
    private static final String HEAP = "-Xmx96m";

    private static final String GENERATOR = "(1, 2, 3, 4)" + " | (1, 2, 3, 4)".repeat(13);
    private static final String DEEP_PLACES = "(.a, .b)" + " | (.a, .b)".repeat(25);

    /** Each grows in another part of jackson-jq. */
    private static final List<String> PROGRAMS = List.of(
            "\"x\" * 2e9",
            "2e9 * \"x\"",
            "\"x\" * 1e300",
            "[range(1e6) | \"x\" * 1000]",
            "reduce range(100) as $i (\"x\"; . + .)",
            "reduce range(100) as $i ([1]; . + .)",
            "reduce range(100) as $i ({\"a\": 1}; {a: ., b: .})",
            "reduce range(100) as $i (1; [., .]) | tojson",
            "reduce range(100) as $i (1; [., .]) | \"\\(.)\"",
            "reduce range(100) as $i (1; [., .]) | tonumber",
            "reduce range(100) as $i (1; [., .])",
            "reduce range(100) as $i ({}; .a = . | .b = .)",
            "reduce range(100) as $i ({}; .a |= . | .b = . | .c = .)",
            "reduce range(100) as $i ({}; setpath([\"k\\($i)\"]; .))",
            "reduce range(100) as $i (1; [., .]) | . == .",
            "reduce range(100) as $i ({\"a\": 1}; . * {b: ., c: .})",
            "reduce range(40) as $i (\"\\\"\"; tojson)",
            "reduce range(100) as $i (\"xx\"; @base64)",
            "reduce range(100) as $i (\"x\"; \"\\(.)\\(.)\")",
            "reduce range(100) as $i (\"x\"; [., .] | join(.[0]))",
            "[range(100000)] | join(\"x\" * 100000)",
            "\"x\" * 1e7 | explode",
            "\"x\" * 1e7 | split(\"x\")",
            "\"x\" * 1e7 | . / \"\"",
            "\"x\" * 1e7 | indices(\"x\")",
            "\"[[[[[\" * 1e6 | fromjson",
            "(\"[],\" * 3e6 | \"[\" + . + \"1]\") | fromjson",
            ".a[2000000000] = 1",
            "[range(1000) | [] | .[999999] = 1]",
            "[range(1e6) | {a: 1, b: 2, c: 3, d: 4}]",
            "[foreach range(1e5) as $i ({}; .[\"k\\($i)\"] = $i)]",
            "[foreach range(1e5) as $i ({a: {}}; .a[\"k\\($i)\"] = $i)]",
            "[foreach range(1e5) as $i ([]; . + [$i])]",
            "[foreach range(1e5) as $i ([]; .[$i] = $i)]",
            "[range(1e6)] | to_entries",
            "[range(1e6) | tostring]",
            "[range(1e6)] | [.[:500000], .[1:500000], .[2:500000], .[3:500000]] | [.[], .[], .[], .[]] | [.[] | .[1:]]",
            "[range(800000)] | indices([range(100000)])",
            "[range(1e6)] | .[[5]] | setpath([2000000000]; 1)",
            "[range(400000)] | contains([range(400000)])",
            "[range(800000)] as $a | [range(1000) | $a[1:]]",
            "\"x\" * 1e7 | [range(1000) as $i | .[1:]]",
            "[range(1e6) | \"\\(.) and much more text than is in the number\"]",
            "[" + GENERATOR + "]",
            "[limit(1e9; " + GENERATOR + ")]",
            "reduce 1 as $i (0; " + GENERATOR + ")",
            "{} | (.a, .b | " + DEEP_PLACES + ") = 1",
            "{} | .a |= (" + GENERATOR + ")",
            "[1] | sort_by(" + GENERATOR + ")",
            "[1] | group_by(" + GENERATOR + ")",
            "1 | pow(" + GENERATOR + "; 2)");

    @Test
    void noProgramNeedsMuchMemory(@TempDir File folder) throws Exception {
        File output = new File(folder, "output");
        Process process = new ProcessBuilder(
                        new File(System.getProperty("java.home"), "bin/java").getPath(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JqMemoryTest.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertThat(process.waitFor(110, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output.toPath(), StandardCharsets.UTF_8);
        assertThat(lines).hasSize(PROGRAMS.size()).allSatisfy(line -> assertThat(line)
                .containsPattern(": (needs more than 64 MB|looks at more than \\d+ values|range puts out|took longer than 1 s|it recurses too deeply)"));
    }

    /** One line for each program. */
    public static void main(String[] arguments) throws Exception {
        JsonNode input = Json.parse("{}");
        for (String text : PROGRAMS) {
            String line;
            try {
                JqProgram.compile("transform", text).all(input, 10);
                line = "has an output";
            } catch (JsonQueryException | RuntimeException e) {
                line = JqProgram.firstLine(e.getMessage());
            }
            System.out.println(text + ": " + line);
            while (JqThreads.SHARED.running() > 0) {
                Thread.sleep(1);
            }
        }
    }
}
