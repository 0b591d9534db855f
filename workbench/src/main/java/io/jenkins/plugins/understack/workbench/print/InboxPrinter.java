package io.jenkins.plugins.understack.workbench.print;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.workbench.cps.PlainValues;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is in the inbox, for people; from the JSON that commands put out. */
public final class InboxPrinter {
    private static final int LONGEST_REASON = 160;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Style style;

    public InboxPrinter(Style style) {
        this.style = style;
    }

    /** {@code : 3 starts wait, 1 dead letter}, or nothing. */
    public static String waiting(JsonNode counts) {
        List<String> parts = new ArrayList<>();
        int pending = counts.path("pending").asInt();
        int dead = counts.path("deadLetters").asInt();
        if (pending > 0) {
            parts.add(pending + (pending == 1 ? " start waits" : " starts wait"));
        }
        if (dead > 0) {
            parts.add(dead + (dead == 1 ? " dead letter" : " dead letters"));
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    public String events(JsonNode events) {
        if (events.isEmpty()) {
            return "no events; only those that matched are kept";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NUMBER", "ACCEPTED", "EVENT", "STARTS", "ID"));
        for (JsonNode event : events) {
            rows.add(List.of(
                    text(event, "number"), time(event, "accepted"), origin(event), summary(event.path("starts")), text(event, "id")));
        }
        return table(rows);
    }

    /** {@code 1 pending, 2 started}. */
    private static String summary(JsonNode starts) {
        Map<String, Integer> counts = new TreeMap<>();
        starts.forEach(start -> counts.merge(text(start, "state"), 1, Integer::sum));
        return counts.isEmpty()
                ? "-"
                : counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", "));
    }

    public String event(JsonNode event) {
        List<String> lines = new ArrayList<>();
        lines.add(style.heading("● event " + text(event, "type")) + " from " + origin(event) + style.faint("  id " + text(event, "id")));
        lines.add("  number " + text(event, "number") + ", received " + time(event, "time") + ", accepted " + time(event, "accepted"));
        lines.addAll(decisions(event));
        lines.add("  " + style.heading("starts"));
        event.path("starts").forEach(start -> lines.add("    " + start(start)));
        if (event.path("starts").isEmpty()) {
            lines.add("    none");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> decisions(JsonNode event) {
        List<String> lines = new ArrayList<>();
        for (JsonNode decision : event.path("decisions")) {
            lines.add("  " + text(decision, "sensor") + ": " + text(decision, "verdict"));
            for (JsonNode reason : decision.path("reasons")) {
                lines.add("      %-7s%s: %s".formatted(text(reason, "outcome"), text(reason, "part"), text(reason, "detail")));
            }
        }
        return lines;
    }

    private String start(JsonNode start) {
        String state = text(start, "state");
        String painted = switch (state) {
            case "started" -> style.good(state);
            case "pending" -> style.warning(state);
            case "dead-letter" -> style.bad(state);
            default -> state;
        };
        StringBuilder line = new StringBuilder(text(start, "start")).append("  ").append(painted);
        line.append("  ").append(text(start, "job").isEmpty() ? "no job" : text(start, "job")).append(" by ").append(text(start, "sensor"));
        if (!text(start, "detail").isEmpty()) {
            line.append(": ").append(PlainValues.line(text(start, "detail"), LONGEST_REASON));
        }
        if (start.has("run")) {
            line.append(" (").append(text(start, "run")).append(')');
        }
        if (start.path("notBefore").isTextual()) {
            line.append("; again at ").append(time(start, "notBefore"));
        }
        return line.toString();
    }

    public String deadLetters(JsonNode letters) {
        if (letters.isEmpty()) {
            return "no dead letters";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "TIME", "KIND", "EVENT", "SENSOR", "REASON"));
        for (JsonNode letter : letters) {
            rows.add(List.of(
                    text(letter, "id"),
                    time(letter, "time"),
                    text(letter, "kind"),
                    origin(letter),
                    text(letter, "sensor").isEmpty() ? "-" : text(letter, "sensor"),
                    PlainValues.line(text(letter, "reason"), LONGEST_REASON)));
        }
        return table(rows);
    }

    public String replayed(JsonNode events) {
        List<String> lines = new ArrayList<>();
        for (JsonNode event : events) {
            lines.add(style.heading("● event " + text(event, "number")) + " from " + origin(event));
            lines.addAll(decisions(event));
            if (event.path("decisions").isEmpty()) {
                lines.add("  no such sensor depends on " + origin(event) + "; nothing was changed");
            }
        }
        return lines.isEmpty() ? "nothing to replay" : String.join(System.lineSeparator(), lines);
    }

    private String table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int column = i;
                int width = i == columns - 1 ? 0 : rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0) + 2;
                line.append(row.get(i)).append(" ".repeat(Math.max(0, width - row.get(i).length())));
            }
            lines.add(lines.isEmpty() ? style.faint(line.toString()) : line.toString());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String origin(JsonNode json) {
        return text(json, "source") + "/" + text(json, "event");
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).isNull() ? "" : json.path(member).asText();
    }

    private static String time(JsonNode json, String member) {
        return TIME.format(Instant.parse(text(json, member)).atZone(ZoneId.systemDefault()));
    }
}
