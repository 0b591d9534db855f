package io.jenkins.plugins.understack.workbench.config;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where a value stands.
 *
 * @param file as the user named it
 * @param line counted from 1
 * @param path for example {@code unclassified.understack.sensors[0].job}; empty for the whole file
 */
record Place(String file, int line, String path) {
    Place field(String name, int itsLine) {
        return new Place(file, itsLine, path.isEmpty() ? name : path + "." + name);
    }

    Place item(int index, int itsLine) {
        return new Place(file, itsLine, path + "[" + index + "]");
    }

    ConfigurationException error(String detail) {
        return new ConfigurationException(file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + detail);
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
