package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Kubernetes object, and what became of each of its fields. A field is named by its path; what is said of a mapping or list
 * holds for everything in it of which nothing else is said.
 */
final class Manifest {
    /** What became of a field. */
    enum Fate {
        KEPT,
        CHANGED,
        NOT_SUPPORTED
    }

    /** @param note how it changed, or why it is not supported and what to do instead */
    record Remark(Fate fate, String note) {}

    private final JsonNode root;
    private final Map<String, Remark> remarks = new LinkedHashMap<>();

    Manifest(JsonNode root) {
        this.root = root;
    }

    String kind() {
        return root.path("kind").asText("");
    }

    String name() {
        return root.at("/metadata/name").asText(root.at("/metadata/generateName").asText(""));
    }

    boolean isOfArgoEvents() {
        return root.path("apiVersion").asText("").equals("argoproj.io/v1alpha1");
    }

    JsonNode spec() {
        return root.path("spec");
    }

    void kept(String path) {
        remarks.put(path, new Remark(Fate.KEPT, ""));
    }

    void changed(String path, String how) {
        remarks.put(path, new Remark(Fate.CHANGED, how));
    }

    void notSupported(String path, String why) {
        remarks.put(path, new Remark(Fate.NOT_SUPPORTED, why));
    }

    /** Every field below {@code spec} in the order of the manifest, by its path. */
    Map<String, Remark> report() {
        Map<String, Remark> report = new LinkedHashMap<>();
        collect("spec", spec(), report);
        return report;
    }

    private void collect(String path, JsonNode node, Map<String, Remark> report) {
        if (node instanceof MissingNode) {
            return;
        }
        boolean moreIsSaid = remarks.keySet().stream().anyMatch(key -> key.startsWith(path + ".") || key.startsWith(path + "["));
        if (node.isContainerNode() && !node.isEmpty() && (moreIsSaid || remark(path) == null)) {
            if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    collect(path + "[" + i + "]", node.get(i), report);
                }
            } else {
                node.properties().forEach(member -> collect(path + "." + member.getKey(), member.getValue(), report));
            }
            return;
        }
        Remark remark = remark(path);
        report.put(path, remark == null ? new Remark(Fate.NOT_SUPPORTED, "is not known here") : remark);
    }

    /** That of the field or of what it stands in. */
    private Remark remark(String path) {
        for (String p = path; !p.isEmpty(); p = parent(p)) {
            Remark remark = remarks.get(p);
            if (remark != null) {
                return remark;
            }
        }
        return null;
    }

    private static String parent(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }
}
