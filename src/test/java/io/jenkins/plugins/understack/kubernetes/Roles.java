package io.jenkins.plugins.understack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The manifests below {@code deploy/}. */
final class Roles {
    /** What the mock server has no part in; the operator guide says how to try it on a real cluster. */
    private static final Set<String> ONLY_ON_A_REAL_CLUSTER = Set.of("pods/exec create", "pods/exec get");

    private Roles() {}

    /** @param used what was asked for, as {@code resource verb} */
    static void assertThatNeededAre(Set<String> used) throws IOException {
        Set<String> granted = new TreeSet<>(rights("agents"));
        granted.addAll(rights("hand-over"));
        Set<String> needed = new TreeSet<>(used);
        needed.addAll(ONLY_ON_A_REAL_CLUSTER);
        assertThat(granted).isEqualTo(needed);
        assertThat(used).containsAll(rights("hand-over"));
        for (JsonNode document : documents()) {
            assertThat(document.path("kind").asText()).isIn("Namespace", "ServiceAccount", "Role", "RoleBinding");
        }
        String guide = Files.readString(Path.of("docs/operator-guide.md"));
        for (String right : ONLY_ON_A_REAL_CLUSTER) {
            String[] parts = right.split(" ");
            assertThat(guide).contains("kubectl auth can-i " + parts[1] + " " + parts[0] + " -n understack-agents");
        }
    }

    static List<JsonNode> documents() throws IOException {
        YAMLMapper yaml = new YAMLMapper(new YAMLFactory());
        List<JsonNode> documents = new ArrayList<>();
        JsonNode kustomization = yaml.readTree(Files.readString(Path.of("deploy/kustomization.yaml")));
        for (JsonNode file : kustomization.path("resources")) {
            try (MappingIterator<JsonNode> parts = yaml.readerFor(JsonNode.class).readValues(Path.of("deploy", file.textValue()).toFile())) {
                documents.addAll(parts.readAll());
            }
        }
        return documents;
    }

    /** @return {@code resource verb} of a Role */
    static Set<String> rights(String role) throws IOException {
        Set<String> rights = new TreeSet<>();
        for (JsonNode document : documents()) {
            if (document.path("kind").asText().equals("Role") && document.at("/metadata/name").asText().equals(role)) {
                for (JsonNode rule : document.path("rules")) {
                    rule.path("resources").forEach(resource ->
                            rule.path("verbs").forEach(verb -> rights.add(resource.asText() + " " + verb.asText())));
                }
            }
        }
        return rights;
    }
}
