package io.jenkins.plugins.understack.core.nautobot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NautobotQueryTest {
    @Test
    void theQueryIsEncodedAndListsRepeatTheirKey() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("name", "a b&c=d#\u00e4");
        query.put("interfaces", List.of("iDRAC", "iLO"));
        query.put("limit", 500);
        query.put("has_primary_ip", true);
        query.put("cf_a[]", 1.50);

        assertThat(of("/dcim/devices/", query).uri())
                .isEqualTo("/dcim/devices/?name=a+b%26c%3Dd%23%C3%A4&interfaces=iDRAC&interfaces=iLO&limit=500&has_primary_ip=true"
                        + "&cf_a%5B%5D=1.5");
        assertThat(of("/dcim/devices/?name=h1", Map.of("depth", 1)).uri()).isEqualTo("/dcim/devices/?name=h1&depth=1");
        assertThat(of("/dcim/devices/", "name: h1\nstatus: Active").uri()).isEqualTo("/dcim/devices/?name=h1&status=Active");
        assertThat(of("/dcim/devices/", null).uri()).isEqualTo("/dcim/devices/");
        assertThat(of("/dcim/devices/", Map.of()).uri()).isEqualTo("/dcim/devices/");
    }

    @Test
    void aFilterThatWouldFindEverythingIsRefused() {
        refused("query.name: is null", "/dcim/devices/", Collections.singletonMap("name", null));
        refused("query.name: is null", "/dcim/devices/", Map.of("name", Arrays.asList("a", null)));
        refused("query.id: is an empty list", "/dcim/devices/", Map.of("id", List.of()));
    }

    @Test
    void whatIsNoQueryIsRefused() {
        refused("query: is no map", "/dcim/devices/", List.of("name"));
        refused("query.a: holds a map or a list in a list", "/dcim/devices/", Map.of("a", Map.of("b", 1)));
        refused("query.a: holds a Thread", "/dcim/devices/", Map.of("a", Thread.currentThread()));
        refused("query: line 1 is no \"key: value\"", "/dcim/devices/", "name");
        refused("uri: \"/dcim/devices/#x?name=h1\" has a fragment", "/dcim/devices/#x", Map.of("name", "h1"));
        refused("uri: \"null\" is refused", null, Map.of("name", "h1"));
        refused("uri: \"/a b/\" is no valid path", "/a b/", null);
    }

    @Test
    void methodsAndBodies() throws Exception {
        assertThat(NautobotQuery.of(null, "/x/", null, null, true)).isEqualTo(new NautobotQuery("GET", "/x/", null, true));
        assertThat(NautobotQuery.of("patch", "/x/", null, Map.of("a", 1), false).body()).isEqualTo(Json.parse("{\"a\": 1}"));
        assertThat(NautobotQuery.of("POST", "/x/", null, "[1]", false).body()).isEqualTo(Json.parse("[1]"));
        assertThat(NautobotQuery.of("POST", "/x/", null, " ", false).body()).isNull();
        assertThatThrownBy(() -> NautobotQuery.of("TRACE", "/x/", null, null, false)).hasMessageStartingWith("method: \"TRACE\" is unknown");
        assertThatThrownBy(() -> NautobotQuery.of("POST", "/x/", null, null, true)).hasMessageStartingWith("all: is set with the method POST");
        assertThatThrownBy(() -> NautobotQuery.of("POST", "/x/", null, "{bad", false)).hasMessageStartingWith("body: is not JSON");
    }

    private static NautobotQuery of(String uri, Object query) {
        return NautobotQuery.of("GET", uri, query, null, false);
    }

    private static void refused(String message, String uri, Object query) {
        assertThatThrownBy(() -> of(uri, query)).isInstanceOf(InvalidFieldException.class).hasMessageStartingWith(message);
    }
}
