package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lists of objects by the path of their list below {@code /api}, and what requests make of them. Thread-safe. */
final class NautobotStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, NautobotCollection> collections = new LinkedHashMap<>();
    private int pageSize = 50;

    synchronized void pageSize(int objects) {
        pageSize = objects;
    }

    /** Made where there is none. */
    synchronized NautobotCollection collection(String path) {
        return collections.computeIfAbsent(path, any -> new NautobotCollection());
    }

    /**
     * @param query raw, or null
     * @param here URL of this list, without a query, for the addresses of further pages
     */
    synchronized NautobotAnswer answer(String method, String path, String query, String body, String here) {
        NautobotCollection list = collections.get(path);
        String parent = path.replaceFirst("[^/]+/$", "");
        if (list == null && !collections.containsKey(parent)) {
            return NautobotAnswer.refusal(404, "Not found.");
        }
        try {
            if (list == null) {
                return object(method, collections.get(parent), path.substring(parent.length()).replace("/", ""), body);
            }
            return switch (method) {
                case "GET" -> list.page(NautobotFilter.parse(query), pageSize, here);
                case "POST" -> create(list, body);
                default -> notAllowed(method);
            };
        } catch (JsonProcessingException e) {
            return NautobotAnswer.refusal(400, "JSON parse error");
        }
    }

    private static NautobotAnswer create(NautobotCollection list, String body) throws JsonProcessingException {
        Map<String, Object> object = read(body);
        object.putIfAbsent("id", UUID.randomUUID().toString());
        if (list.get((String) object.get("id")) != null) {
            return new NautobotAnswer(400, Map.of("id", List.of("object with this ID already exists.")));
        }
        list.put(object, Map.of());
        return new NautobotAnswer(201, object);
    }

    private static NautobotAnswer object(String method, NautobotCollection list, String id, String body)
            throws JsonProcessingException {
        Map<String, Object> found = list.get(id);
        if (found == null) {
            return NautobotAnswer.refusal(404, "Not found.");
        }
        switch (method) {
            case "GET":
                return new NautobotAnswer(200, found);
            case "DELETE":
                list.remove(id);
                return new NautobotAnswer(204, null);
            case "PATCH", "PUT":
                Map<String, Object> changed = new LinkedHashMap<>(method.equals("PATCH") ? found : Map.of());
                changed.putAll(read(body));
                changed.put("id", id);
                list.put(changed, null);
                return new NautobotAnswer(200, changed);
            default:
                return notAllowed(method);
        }
    }

    private static NautobotAnswer notAllowed(String method) {
        return NautobotAnswer.refusal(405, "Method \"" + method + "\" not allowed.");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String body) throws JsonProcessingException {
        return JSON.readValue(body, LinkedHashMap.class);
    }
}
