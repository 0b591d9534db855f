package io.jenkins.plugins.understack.workbench.print;

import io.jenkins.plugins.understack.workbench.cps.PlainValues;
import io.jenkins.plugins.understack.workbench.cps.RunNode;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run that has ended, as {@code argo get} shows a workflow. */
public final class TreePrinter {
    private static final int LONGEST_VALUE = 80;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

    private record Row(String step, RunNode node) {}

    private final Style style;

    public TreePrinter(Style style) {
        this.style = style;
    }

    /** @param startedBy the sensor and event, or null */
    public String print(WorkflowResult result, String startedBy) {
        RunNode root = result.root();
        List<String> lines = new ArrayList<>();
        lines.add(field("Name", style.heading(root.name())));
        lines.add(field("Status", paint(root.state(), root.state().label())));
        if (!result.succeeded()) {
            lines.add(field("Message", root.message()));
        }
        if (startedBy != null) {
            lines.add(field("Started by", startedBy));
        }
        lines.add(field("Created", TIME.format(root.start().atZone(ZoneId.systemDefault()))));
        lines.add(field("Duration", duration(root.duration())));
        if (!result.inputs().isEmpty()) {
            lines.add("Parameters:");
            for (Map.Entry<String, String> input : result.inputs().entrySet()) {
                lines.add("  " + field(input.getKey(), PlainValues.line(input.getValue(), LONGEST_VALUE)));
            }
        }
        lines.add("");
        lines.addAll(table(root));
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> table(RunNode root) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(" " + mark(root) + " " + root.name(), root));
        addChildren(root, " ", rows);
        int width = rows.stream().mapToInt(row -> row.step.length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(style.faint(pad("STEP", width) + "  " + pad("DURATION", 8) + "  MESSAGE"));
        for (Row row : rows) {
            String step = pad(row.step, width).replace(mark(row.node), paint(row.node.state(), mark(row.node)));
            lines.add((step + "  " + pad(duration(row.node.duration()), 8) + "  " + row.node.message()).stripTrailing());
        }
        return lines;
    }

    private static void addChildren(RunNode parent, String indent, List<Row> rows) {
        List<RunNode> children = parent.children();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            RunNode child = children.get(i);
            rows.add(new Row(indent + (last ? "└─" : "├─") + mark(child) + " " + child.name(), child));
            addChildren(child, indent + (last ? "  " : "│ "), rows);
        }
    }

    private static String mark(RunNode node) {
        return switch (node.state()) {
            case SUCCEEDED -> "✔";
            case FAILED -> "✖";
            case RUNNING -> "●";
        };
    }

    private String paint(RunNode.State state, String text) {
        return switch (state) {
            case SUCCEEDED -> style.good(text);
            case FAILED -> style.bad(text);
            case RUNNING -> style.warning(text);
        };
    }

    private static String duration(Duration duration) {
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
        }
        return duration.toSeconds() > 0
                ? String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0)
                : duration.toMillis() + "ms";
    }

    private static String field(String name, String value) {
        return pad(name + ":", 14) + value;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
