package io.jenkins.plugins.understack.core.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.path.DataPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What nobody shall read in the events of a source: sensors and builds see it, people do not.
 *
 * @param paths plain ones; in the event data, before any transform
 */
public record SecretFields(List<DataPath> paths) {
    public static final SecretFields NONE = new SecretFields(List.of());

    /** In the place of what is secret. */
    public static final String MASK = "***";

    public SecretFields {
        paths = List.copyOf(paths);
    }

    /** @throws InvalidFieldException naming {@code secretFields[i]}, where a path is not plain */
    public static SecretFields parse(List<String> texts) {
        List<DataPath> paths = new ArrayList<>();
        for (String text : texts) {
            paths.add(parse("secretFields[" + paths.size() + "]", text));
        }
        return new SecretFields(paths);
    }

    /** One of them. */
    public static DataPath parse(String field, String text) {
        DataPath path = DataPath.parse(field, text == null ? "" : text.strip());
        if (!path.isPlain()) {
            throw new InvalidFieldException(
                    field, "\"" + path + "\" is no plain path; expected keys with dots between them, such as body.data.password");
        }
        return path;
    }

    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /** As {@link #parse} reads them. */
    public List<String> texts() {
        return paths.stream().map(DataPath::toString).toList();
    }

    /** These and others. */
    public SecretFields and(SecretFields others) {
        return new SecretFields(Stream.concat(paths.stream(), others.paths.stream()).distinct().toList());
    }

    /** The same event, with {@link #MASK} where there is anything at these paths. */
    public Event mask(Event event) {
        if (isEmpty()) {
            return event;
        }
        JsonNode data = event.data().deepCopy();
        paths.forEach(path -> path.replace(data, TextNode.valueOf(MASK)));
        return event.withData(data);
    }
}
