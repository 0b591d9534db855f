package io.jenkins.plugins.understack.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links within the repository lead to a file, and to a heading of it. */
class DocsLinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws Exception {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path file : files()) {
            Matcher link = LINK.matcher(text(file));
            while (link.find()) {
                URI target = URI.create(link.group(1));
                if (!target.isAbsolute()) {
                    links++;
                    Path to = target.getPath().isEmpty() ? file : file.resolveSibling(target.getPath());
                    if (!Files.exists(to) || target.getFragment() != null && !anchors(to).contains(target.getFragment())) {
                        broken.add(file + ": " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(10);
    }

    private static List<Path> files() throws Exception {
        try (Stream<Path> files = Stream.concat(Files.list(ROOT), Files.list(ROOT.resolve("docs")))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static String text(Path file) throws Exception {
        return FENCED.matcher(Files.readString(file)).replaceAll("");
    }

    /** As GitHub makes them. */
    private static List<String> anchors(Path file) throws Exception {
        return HEADING.matcher(text(file))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .toList();
    }
}
