package io.jenkins.plugins.understack.core.workflow;

import io.jenkins.plugins.understack.core.workflow.StepTree.State;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A workflow with its steps, as {@code argo get} shows it. Immutable. */
public final class TreePrinter {
    private static final int LONGEST_VALUE = 80;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

    private record Row(String step, StepTree node) {}

    private final Paint paint;
    private final ZoneId zone;

    public TreePrinter(Paint paint, ZoneId zone) {
        this.paint = paint;
        this.zone = zone;
    }

    /**
     * @param parameters without the values of secret ones
     * @param startedBy the sensor and event, or the user; or null
     */
    public String print(StepTree root, Map<String, String> parameters, String startedBy) {
        List<String> lines = new ArrayList<>();
        lines.add(field("Name", paint.heading(root.name())));
        lines.add(field("Status", paint(root.state(), root.state().label())));
        if (root.state() != State.SUCCEEDED && !root.message().isEmpty()) {
            lines.add(field("Message", root.message()));
        }
        if (startedBy != null) {
            lines.add(field("Started by", startedBy));
        }
        lines.add(field("Created", TIME.format(root.start().atZone(zone))));
        lines.add(field("Duration", duration(root.duration())));
        if (!parameters.isEmpty()) {
            lines.add("Parameters:");
            parameters.forEach((name, value) -> lines.add("  " + field(name, line(value))));
        }
        lines.add("");
        lines.addAll(table(root));
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> table(StepTree root) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(" " + root.state().mark() + " " + root.name(), root));
        addSteps(root, " ", rows);
        int width = rows.stream().mapToInt(row -> row.step.length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(paint.faint(pad("STEP", width) + "  " + pad("DURATION", 8) + "  MESSAGE"));
        for (Row row : rows) {
            String mark = row.node.state().mark();
            // Only the mark of the row itself: the text of a step may have one too.
            String step = pad(row.step, width).replaceFirst(mark, paint(row.node.state(), mark));
            lines.add((step + "  " + pad(duration(row.node.duration()), 8) + "  " + row.node.message()).stripTrailing());
        }
        return lines;
    }

    private static void addSteps(StepTree parent, String indent, List<Row> rows) {
        List<StepTree> steps = parent.steps();
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            StepTree step = steps.get(i);
            rows.add(new Row(indent + (last ? "└─" : "├─") + step.state().mark() + " " + step.name(), step));
            addSteps(step, indent + (last ? "  " : "│ "), rows);
        }
    }

    private String paint(State state, String text) {
        return switch (state) {
            case SUCCEEDED -> paint.good(text);
            case FAILED, ABORTED -> paint.bad(text);
            case PENDING, RUNNING, UNSTABLE -> paint.warning(text);
        };
    }

    /** {@code 1h2m}, {@code 2m3s}, {@code 1.2s} or {@code 15ms}. */
    public static String duration(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + duration.toMinutesPart() + "m";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
        }
        return duration.toSeconds() > 0
                ? String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0)
                : duration.toMillis() + "ms";
    }

    private static String line(String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
    }

    private static String field(String name, String value) {
        return pad(name + ": ", 14) + value;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
