package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.workbench.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportArgoCommandTest {
    private static final String EVENT_SOURCE =
            """
            apiVersion: argoproj.io/v1alpha1
            kind: EventSource
            metadata: {name: "{{ .Values.name }}"}
            spec: {webhook: {e: {endpoint: /e, port: "12000", method: POST}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void foldersAreReadAtAnyDepthAndFilledWithValues() throws Exception {
        write("deep/er/source.yaml", EVENT_SOURCE);
        write("deep/.hidden/broken.yaml", "argoproj.io/: [");
        write("notes.txt", "argoproj.io/: [");
        Path values = write("values.yml", "name: hooks");
        Path out = folder.resolve("out.yaml");

        CommandLineRun run = run("import-argo", folder.toString(), "--values", values.toString(), "-o", out.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("EventSource hooks", "not converted: " + values + ": is no object of Kubernetes", "fields: ");
        assertThat(Files.readString(out)).contains("name: hooks");
    }

    @Test
    void everyFileThatCannotBeReadIsNamedAtOnce() throws Exception {
        Path first = write("a.yaml", EVENT_SOURCE);
        Path second = write("b.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: [\n");

        CommandLineRun run = run("import-argo", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains(first + ":3: {{ .Values.name }} is a value of a Helm chart; give them with --values"))
                .anyMatch(line -> line.contains(second + ":") && line.endsWith("is no YAML"));
    }

    @Test
    void aFileOfValuesThatIsNotThereIsWrongUsage() throws Exception {
        Path source = write("a.yaml", EVENT_SOURCE);

        CommandLineRun run = run("import-argo", source.toString(), "--values", folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("none.yaml: does not exist");
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Map.of(), arguments);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
