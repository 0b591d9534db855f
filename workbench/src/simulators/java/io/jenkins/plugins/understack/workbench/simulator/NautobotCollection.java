package io.jenkins.plugins.understack.workbench.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects of one list. Used under the lock of its store. */
final class NautobotCollection {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param relations what the object can be found by beside its fields */
    private record Entry(Map<String, Object> object, Map<String, String> relations) {
        boolean has(String name) {
            return object.containsKey(name) || relations.containsKey(name);
        }

        boolean matches(String name, List<String> values) {
            Object value = relations.containsKey(name) ? relations.get(name) : object.get(name);
            return values.contains(String.valueOf(value));
        }
    }

    /** @param relations null to leave them as they are */
    synchronized void put(Map<String, Object> object, Map<String, String> relations) {
        String id = (String) object.get("id");
        Entry old = entries.get(id);
        Map<String, String> kept = old == null ? Map.of() : old.relations;
        entries.put(id, new Entry(object, relations == null ? kept : relations));
    }

    synchronized Map<String, Object> get(String id) {
        Entry entry = entries.get(id);
        return entry == null ? null : entry.object;
    }

    synchronized void remove(String id) {
        entries.remove(id);
    }

    /** @param here URL of this list without a query */
    synchronized NautobotAnswer page(NautobotFilter filter, int pageSize, String here) {
        for (String name : filter.conditions().keySet()) {
            if (!entries.isEmpty() && entries.values().stream().noneMatch(entry -> entry.has(name))) {
                return new NautobotAnswer(400, Map.of(name, List.of("Unknown filter field")));
            }
        }
        List<Map<String, Object>> found = entries.values().stream()
                .filter(entry -> filter.conditions().entrySet().stream()
                        .allMatch(condition -> entry.matches(condition.getKey(), condition.getValue())))
                .map(Entry::object)
                .toList();
        int limit = filter.limit() == null ? pageSize : filter.limit();
        int from = Math.min(filter.offset(), found.size());
        int to = Math.min(from + limit, found.size());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("count", found.size());
        page.put("next", to < found.size() ? here + query(filter, limit, to) : null);
        page.put("previous", from > 0 ? here + query(filter, limit, Math.max(0, from - limit)) : null);
        page.put("results", found.subList(from, to));
        return new NautobotAnswer(200, page);
    }

    private static String query(NautobotFilter filter, int limit, int offset) {
        StringBuilder query = new StringBuilder("?limit=" + limit + "&offset=" + offset);
        filter.conditions().forEach((name, values) -> values.forEach(
                value -> query.append('&').append(encode(name)).append('=').append(encode(value))));
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
