package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fifteen sensors as an UnderStack region has them: most look at the type of the event and pass the whole event on. */
public final class Sensors {
    static final Origin IRONIC = new Origin("openstack-ironic", "openstack");

    private static final List<Shape> SHAPES = List.of(
            new Shape(IRONIC, List.of("baremetal.port.create.end", "baremetal.port.update.end", "baremetal.port.delete.end"), null, null),
            new Shape(IRONIC, List.of("baremetal.portgroup.create.end", "baremetal.portgroup.update.end", "baremetal.portgroup.delete.end"), null, null),
            new Shape(IRONIC, List.of("baremetal.node.update.end", "baremetal.node.delete.end"), null, null),
            new Shape(IRONIC, List.of("baremetal.node.provision_set.end"), null, null),
            new Shape(IRONIC, List.of("baremetal.port.delete.end"), "body.payload.ironic_object\\.data.physical_network", ".+"),
            new Shape(IRONIC, List.of("baremetal.node.power_set.end"), "body.payload.ironic_object\\.data.provision_state", "clean failed"),
            new Shape(origin("keystone"), List.of("identity.project.created", "identity.project.updated", "identity.project.deleted"), null, null),
            new Shape(origin("keystone"), List.of("identity.project.created", "identity.project.updated", "identity.project.deleted"), null, null),
            new Shape(origin("neutron"), List.of("network_segment_range.create.end", "network_segment_range.delete.end"), null, null),
            new Shape(origin("nova"), List.of("compute.instance.delete.end"), "body.payload.metadata.storage", "wanted"),
            new Shape(origin("cinder"), List.of("volume_type_project.access.add", "volume_type_project.access.remove"), null, null),
            new Shape(origin("secrets-upsert"), List.of("ADD", "UPDATE"), null, null),
            new Shape(origin("secrets-delete"), List.of("DELETE"), null, null),
            new Shape(origin("alertmanager"), List.of("firing"), "body.alerts.0.labels.alertname", "NeutronAgentDown"),
            new Shape(origin("nautobot"), List.of("updated"), "body.data.name", "iLO"));

    /** In which of our languages the sensors are written. */
    public enum Language {
        /** Filters; the event source has opened the envelope. */
        FILTERS,
        /** A condition in jq; the event source has opened the envelope. */
        JQ,
        /** Imported from Argo Events: each opens the envelope itself. */
        ARGO
    }

    /** Which sensors depend on the events of ironic. */
    public enum Placement {
        /** There is only one sensor. */
        ONE,
        /** Six of fifteen. */
        UNDERSTACK,
        /** All fifteen. */
        ALL
    }

    private record Shape(Origin origin, List<String> types, String path, String value) {}

    private Sensors() {}

    private static Origin origin(String service) {
        return new Origin("openstack-" + service, "notifications");
    }

    static List<Sensor> of(Language language, Placement placement) {
        return IntStream.range(0, placement == Placement.ONE ? 1 : SHAPES.size())
                .mapToObj(i -> sensor("sensor-" + i, language, placement == Placement.ALL ? SHAPES.get(i % 6) : SHAPES.get(i)))
                .toList();
    }

    private static Sensor sensor(String name, Language language, Shape shape) {
        List<Parameter> parameters = List.of(path("event-json", "body"), path("event_type", "body.event_type"));
        return switch (language) {
            case FILTERS -> new Sensor(name, new Dependency(null, shape.origin, null, null, filters(shape), null, null), "job", parameters);
            case JQ -> new Sensor(name, new Dependency(null, shape.origin, null, condition(shape), null, null, null), "job", parameters);
            case ARGO -> imported(name, shape);
        };
    }

    private static Sensor imported(String name, Shape shape) {
        ArgoRules rules = new ArgoRules(argo(shape));
        Dependency dependency =
                new Dependency(null, shape.origin, ".body = (.body[\"oslo.message\"] | fromjson)", null, null, null, rules);
        return new Sensor(name, true, List.of(dependency), null, null, "job", List.of(), rules, null);
    }

    private static Parameter path(String name, String path) {
        return new Parameter(name, path, null, null, null, null, false);
    }

    private static List<DataFilter> filters(Shape shape) {
        DataFilter types = new DataFilter("body.event_type", Comparator.IN, shape.types);
        return shape.path == null ? List.of(types) : List.of(types, new DataFilter(shape.path, Comparator.MATCHES, List.of(shape.value)));
    }

    private static String condition(Shape shape) {
        String types = shape.types.stream().map(type -> ".body.event_type == \"" + type + "\"").collect(Collectors.joining(" or ", "(", ")"));
        String field = shape.path == null ? null : "." + shape.path.replace("ironic_object\\.data", "\"ironic_object.data\"").replace(".0.", "[0].");
        return field == null ? types : types + " and (" + field + " | test(\"" + shape.value + "\"))";
    }

    private static String argo(Shape shape) {
        return "filters:\n  data:\n" + filter("body.event_type", shape.types)
                + (shape.path == null ? "" : filter(shape.path, List.of(shape.value)))
                + "parameters:\n"
                + "  - {src: {dataKey: body}, dest: event-json}\n"
                + "  - {src: {dataKey: body.event_type}, dest: event_type}\n";
    }

    private static String filter(String path, List<String> values) {
        return "    - path: '" + path + "'\n      type: string\n      value: " + values.stream().collect(Collectors.joining("', '", "['", "']")) + "\n";
    }
}
