package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import org.jvnet.hudson.test.JenkinsRule;

/** All that Jenkins has stored: jobs, builds with their programs, configuration, logs. */
final class JenkinsHome {
    private JenkinsHome() {}

    /** Fails where a file, but of a program, has one of these texts. Builds may be running. */
    static void hasNone(JenkinsRule r, Collection<String> secrets) throws IOException {
        Path home = r.jenkins.getRootDir().toPath();
        assertThat(home.resolve("jobs")).isNotEmptyDirectory();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.toString().matches(".*\\.(jar|hpi|jpi)")) {
                    try {
                        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(secrets);
                    } catch (NoSuchFileException e) {
                        return visitFileFailed(file, e);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            /** A build has replaced it meanwhile. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
