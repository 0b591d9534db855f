package io.jenkins.plugins.understack.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.dispatch.RetryRule;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.metrics.Metric;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.source.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the operator guide is complete and says nothing else than the code. */
class MetricsTableTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private record Row(String name, List<String> tags, String meaning) {}

    @Test
    void hasAllMetricsWithTheirTags() throws Exception {
        List<Row> rows = rows();

        assertThat(rows)
                .extracting(row -> row.name + " " + row.tags)
                .containsExactlyElementsOf(Arrays.stream(Metric.values()).map(metric -> metric.key() + " " + metric.tags()).toList());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).meaning).startsWith(Metric.values()[i].kind().name().toLowerCase(Locale.ROOT) + ": ");
        }
    }

    @Test
    void hasAllValuesOfTheirTags() throws Exception {
        assertThat(values(Metric.EVENTS_PROCESSING_FAILED)).containsExactlyElementsOf(labels(Rejection.values()));
        assertThat(values(Metric.SENSOR_DECISIONS)).containsExactlyInAnyOrderElementsOf(labels(Decision.Verdict.values()));
        assertThat(values(Metric.ACTION_RETRIED)).containsExactlyElementsOf(labels(RetryRule.values()));
        assertThat(values(Metric.ACTION_OMITTED))
                .containsExactlyElementsOf(labels(Arrays.stream(Outcome.Kind.values())
                        .filter(kind -> kind != Outcome.Kind.STARTED)
                        .toArray(Enum<?>[]::new)));
    }

    private static List<String> labels(Enum<?>... constants) {
        return Arrays.stream(constants).map(Decision::label).toList();
    }

    private static List<String> values(Metric metric) throws Exception {
        return rows().stream().filter(row -> row.name.equals(metric.key())).flatMap(row -> codes(row.meaning)).toList();
    }

    private static List<Row> rows() throws Exception {
        return Files.readAllLines(Path.of("../docs/operator-guide.md")).stream()
                .filter(line -> line.startsWith("| `understack."))
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(codes(cells[1]).findFirst().orElseThrow(), codes(cells[2]).toList(), cells[4].strip()))
                .toList();
    }

    private static Stream<String> codes(String text) {
        Matcher matcher = CODE.matcher(text);
        return matcher.results().map(result -> result.group(1));
    }
}
