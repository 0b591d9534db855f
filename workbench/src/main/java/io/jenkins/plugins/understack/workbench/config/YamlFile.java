package io.jenkins.plugins.understack.workbench.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a YAML 1.2 file as nodes that know their lines. */
final class YamlFile {
    private YamlFile() {}

    /** @param variables for {@code ${NAME}} */
    static YamlMap read(Path file, Map<String, String> variables) throws ConfigurationException {
        String name = file.toString();
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try {
            Node root = new Compose(settings)
                    .composeString(Files.readString(file))
                    .orElseThrow(() -> new ConfigurationException(name + ":1: is empty; expected unclassified: understack:"));
            return new YamlValue(new Place(name, Place.line(root), ""), root, new Interpolation(variables)).map();
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(name + ": does not exist; expected a YAML file");
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(name + ": is not UTF-8; expected a YAML file");
        } catch (IOException e) {
            throw new ConfigurationException(name + ": cannot be read (" + e.getMessage() + ")");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigurationException(name + ":" + line + ": is no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigurationException(name + ": is no YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
