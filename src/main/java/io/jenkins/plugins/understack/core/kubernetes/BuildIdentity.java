package io.jenkins.plugins.understack.core.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jenkins.plugins.understack.core.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The build that hands over.
 *
 * @param controller tells several controllers apart that use one namespace
 * @param job full name, with folders
 * @param build number
 */
public record BuildIdentity(String controller, String job, String build) {
    /** Kubernetes: label values, at most 63 characters. */
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String PLUGIN = "understack-workflows";
    static final String JOB = "understack-workflows.jenkins.io/job";
    static final String BUILD = "understack-workflows.jenkins.io/build";
    static final String CONTROLLER = "understack-workflows.jenkins.io/controller";

    private static final int LABEL_PREFIX = 54;
    private static final int MARKER_PREFIX = 80;
    private static final int HASH = 8;

    /** To find Secrets by: {@code kubectl get secrets -l understack-workflows.jenkins.io/job=…}. */
    Map<String, String> labels() {
        return Map.of(MANAGED_BY, PLUGIN, JOB, labelValue(job), BUILD, labelValue(build));
    }

    /** Exact, where labels may be shortened. */
    Map<String, String> annotations() {
        return Map.of(JOB, job, BUILD, build, CONTROLLER, controller);
    }

    /** @param owner null for none */
    ObjectMeta metadata(String namespace, String name, Owner owner) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels())
                .withAnnotations(annotations())
                .withOwnerReferences(owner == null ? List.of() : List.of(owner.reference()))
                .build();
    }

    boolean isJobOf(Map<String, String> annotations) {
        return annotations != null && job.equals(annotations.get(JOB)) && controller.equals(annotations.get(CONTROLLER));
    }

    boolean isBuildOf(Map<String, String> annotations) {
        return isJobOf(annotations) && build.equals(annotations.get(BUILD));
    }

    /** Of the object that lives as long as the build; the same after a restart. */
    String markerName() {
        String readable = (job + "-" + build).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        readable = readable.length() <= MARKER_PREFIX ? readable : readable.substring(readable.length() - MARKER_PREFIX);
        readable = readable.replaceAll("^-|-$", "");
        return "understack-build-" + readable + "-" + hash(controller + "\n" + job + "\n" + build);
    }

    /** As it is where Kubernetes takes it; else what can be read of it, and a hash of all of it. */
    static String labelValue(String text) {
        if (LABEL_VALUE.matcher(text).matches()) {
            return text;
        }
        String readable = text.replaceAll("[^-A-Za-z0-9_.]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        readable = readable.length() <= LABEL_PREFIX ? readable : readable.substring(0, LABEL_PREFIX);
        return readable.isEmpty() ? hash(text) : readable + "-" + hash(text);
    }

    private static String hash(String text) {
        return Digest.of(text).substring(0, HASH);
    }
}
