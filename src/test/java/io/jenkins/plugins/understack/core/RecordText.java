package io.jenkins.plugins.understack.core;

import java.lang.reflect.RecordComponent;
import java.util.Map;

/** Records as text, one component a line, for comparison with a golden file that people can read. */
public final class RecordText {
    private RecordText() {}

    public static String of(Object value) {
        return render(value, "").stripLeading() + "\n";
    }

    private static String render(Object value, String indent) {
        if (value instanceof Record item) {
            StringBuilder text = new StringBuilder(" ").append(item.getClass().getSimpleName());
            for (RecordComponent component : item.getClass().getRecordComponents()) {
                text.append("\n").append(indent).append("  ").append(component.getName()).append(":");
                text.append(render(read(item, component), indent + "  "));
            }
            return text.toString();
        }
        if (value instanceof Iterable<?> items) {
            StringBuilder text = new StringBuilder();
            items.forEach(item -> text.append("\n").append(indent).append("  -").append(render(item, indent + "    ")));
            return text.isEmpty() ? " []" : text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder();
            map.forEach((key, member) ->
                    text.append("\n").append(indent).append("  ").append(key).append(":").append(render(member, indent + "  ")));
            return text.isEmpty() ? " {}" : text.toString();
        }
        return value instanceof Enum || value instanceof Boolean || value instanceof Number || value == null
                ? " " + value
                : " \"" + value + "\"";
    }

    private static Object read(Record item, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(item);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
