package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.argo.ArgoImport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
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

    @Option(names = "--values", paramLabel = "FILE", description = "Values of a Helm chart, for references such as {{ .Values.a.b }}.")
    private Path values;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the configuration is written; else it is printed.")
    private Path output;

    public ImportArgoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        ArgoImport argo = start();
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            try {
                argo.add(file.toString(), read(file));
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()).lines().findFirst().orElse(file + " cannot be read"));
            }
        }
        if (!problems.isEmpty()) {
            problems.subList(0, problems.size() - 1).forEach(environment.console()::complain);
            throw CommandFailedException.failed(problems.get(problems.size() - 1));
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

    private ArgoImport start() throws CommandFailedException {
        try {
            return values == null ? new ArgoImport() : new ArgoImport(values.toString(), read(values));
        } catch (IOException e) {
            throw CommandFailedException.wrong(String.valueOf(e.getMessage()).lines().findFirst().orElse(values + " cannot be read"));
        }
    }

    private static String read(Path file) throws IOException, CommandFailedException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw CommandFailedException.wrong(file + ": does not exist");
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": is no text in UTF-8", e);
        }
    }

    /** Those in folders at any depth, but for hidden ones. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> all = Files.walk(path)) {
                    all.filter(file -> file.toString().matches(".*\\.ya?ml") && Files.isRegularFile(file) && !isHidden(path.relativize(file)))
                            .sorted()
                            .forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static boolean isHidden(Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
