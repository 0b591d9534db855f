package io.jenkins.plugins.understack.workbench.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The query of a list. Several values of one name are alternatives, several names conditions, as in Nautobot.
 *
 * @param conditions without those that say which part of the list is wanted
 */
record NautobotFilter(Map<String, List<String>> conditions, Integer limit, int offset) {
    static NautobotFilter parse(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>()).add(parts.length == 1 ? "" : decode(parts[1]));
        }
        List<String> limit = values.remove("limit");
        List<String> offset = values.remove("offset");
        values.remove("depth");
        return new NautobotFilter(
                values, limit == null ? null : Integer.valueOf(limit.get(0)), offset == null ? 0 : Integer.parseInt(offset.get(0)));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
