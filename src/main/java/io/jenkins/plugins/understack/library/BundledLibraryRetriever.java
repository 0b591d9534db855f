package io.jenkins.plugins.understack.library;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;

/** Copies the library from the plugin's own jar. Has no descriptor, because nobody configures it. */
final class BundledLibraryRetriever extends LibraryRetriever {
    @Override
    public void retrieve(
            String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        URL root = BundledLibraryRetriever.class.getResource(UnderstackLibrary.NAME);
        if (root == null) {
            throw new AbortException("The plugin understack-workflows is damaged: it has no library. Install it again.");
        }
        if (root.openConnection() instanceof JarURLConnection jar) {
            try (FileSystem inJar = FileSystems.newFileSystem(toPath(jar.getJarFileURL()))) {
                copy(inJar.getPath("/", jar.getEntryName()), target);
            }
        } else {
            copy(toPath(root), target);
        }
    }

    @Override
    public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        retrieve(name, version, false, target, run, listener);
    }

    private static Path toPath(URL url) throws IOException {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static void copy(Path from, FilePath to) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            try (var in = Files.newInputStream(file)) {
                to.child(from.relativize(file).toString()).copyFrom(in);
            }
        }
    }
}
