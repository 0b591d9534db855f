package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.argo.ArgoImport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understack import-argo}. */
@Command(
        name = "import-argo",
        description = "Convert EventSources and Sensors of Argo Events, and report what became of each field.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ImportArgoCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Manifests, or folders with *.yaml and *.yml.")
    private List<Path> paths;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the configuration is written; else it is printed.")
    private Path output;

    public ImportArgoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        ArgoImport argo = new ArgoImport();
        for (Path file : files()) {
            try {
                argo.add(file.toString(), Files.readString(file));
            } catch (NoSuchFileException e) {
                throw CommandFailedException.wrong(file + ": does not exist");
            } catch (IOException e) {
                throw CommandFailedException.failed(String.valueOf(e.getMessage()).lines().findFirst().orElse(file + " cannot be read"));
            }
        }
        PrintStream out = new PrintStream(environment.console().out(), true, StandardCharsets.UTF_8);
        if (output == null) {
            out.print(argo.configuration());
            argo.report().forEach(line -> out.println("# " + line));
        } else {
            Files.writeString(output, argo.configuration());
            argo.report().forEach(out::println);
        }
        return 0;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> all = Files.walk(path)) {
                    all.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        return files;
    }
}
