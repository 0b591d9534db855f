package io.jenkins.plugins.understack.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When the script {@code understack} builds, and what it leaves on the class path. Its Maven and its Java are stand-ins. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final String LIBRARY = "src/main/resources/io/jenkins/plugins/understack/library/understack/vars/";
    private static final String CORE = "src/main/java/io/jenkins/plugins/understack/core/";

    @TempDir
    Path root;

    @BeforeEach
    void start() throws Exception {
        Files.copy(Path.of(System.getProperty("basedir", "."), "../understack"), root.resolve("understack"));
        for (String source : List.of(
                "workbench/pom.xml", "workbench/src/main/A.java", "workbench/src/simulators/B.java", CORE + "C.java", LIBRARY + "d.groovy")) {
            write(source, "1");
        }
        script("jdk/bin/java", """
                case "$*" in
                    *-XshowSettings*) echo "    java.home = ${0%/bin/java}" >&2 ;;
                    -version) echo 'openjdk version "17.0.1"' >&2 ;;
                    *) echo started ;;
                esac
                """);
        script("jdk/bin/javac", "");
        // What the launcher waits for ends at once here.
        script("bin/sleep", "exec /bin/sleep 0.05");
        script("bin/mvn", """
                workbench=${0%/bin/mvn}/workbench
                target=$workbench/target
                case "$*" in *-Pbench*) target=$target/bench ;; esac
                echo build >>"$workbench/builds"
                mkdir -p "$target/lib" "$target/classes"
                version=$(cat "$workbench/pom.xml")
                : >"$target/understack-workflows-workbench-$version.jar"
                : >"$target/lib/library-$version.jar"
                """);
    }

    @Test
    void buildsOnceAndAgainWhenASourceComesChangesOrGoes() throws Exception {
        start(1);
        start(1);
        write(CORE + "New.java", "1");
        old(CORE + "New.java");
        start(2);
        start(2);
        Files.delete(root.resolve(CORE + "New.java"));
        start(3);
        start(3);
        Files.delete(root.resolve(LIBRARY + "d.groovy"));
        start(4);
        Files.setLastModifiedTime(
                root.resolve("workbench/src/main/A.java"), FileTime.from(Instant.now().plusSeconds(60)));
        start(5);
    }

    @Test
    void nothingOfAnotherVersionStaysOnTheClassPath() throws Exception {
        start(1);
        write("workbench/target/classes/Deleted.class", "");
        write("workbench/pom.xml", "2");
        Files.setLastModifiedTime(root.resolve("workbench/pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
        start(2);

        assertThat(names("workbench/target/lib")).containsExactly("library-2.jar");
        assertThat(names("workbench/target/classes")).isEmpty();
        assertThat(names("workbench/target")).contains("understack-workflows-workbench-2.jar").doesNotContain("understack-workflows-workbench-1.jar");
    }

    @Test
    void benchmarksAreBuiltBesideTheWorkbench() throws Exception {
        write("workbench/src/benchmarks/E.java", "1");
        start(1);
        start(2, "bench", "sensors");
        start(2);
        start(2, "bench", "sensors", "--", "-l");
        write("workbench/src/benchmarks/New.java", "1");
        start(2);
        start(3, "bench", "sensors");

        assertThat(names("workbench/target/bench")).contains("understack-workflows-workbench-1.jar");
    }

    private void start(int builds) throws Exception {
        start(builds, "--version");
    }

    /** @param builds how many there are to be afterwards, all together */
    private void start(int builds, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", root.resolve("understack").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder launcher = new ProcessBuilder(command);
        launcher.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        launcher.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        Path output = root.resolve("output");
        Process process = launcher.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).contains("started");
        assertThat(Files.readAllLines(root.resolve("workbench/builds"))).hasSize(builds);
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private void script(String file, String text) throws IOException {
        write(file, "#!/bin/sh\n" + text);
        assertThat(root.resolve(file).toFile().setExecutable(true)).isTrue();
    }

    /** As a file that was moved here keeps its time. */
    private void old(String file) throws IOException {
        Files.setLastModifiedTime(root.resolve(file), FileTime.from(Instant.now().minusSeconds(3_600)));
    }
}
