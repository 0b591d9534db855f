package io.jenkins.plugins.understack.workbench.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into {@code version.properties}. */
public final class Version implements IVersionProvider {
    private static final String FILE = "/io/jenkins/plugins/understack/workbench/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            properties.load(file);
        }
        return new String[] {
            "understack " + properties.getProperty("version") + " (Java " + System.getProperty("java.version") + ")"
        };
    }
}
