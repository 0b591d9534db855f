package io.jenkins.plugins.understack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the checker of jenkins-infra/repository-permissions-updater asks of a plugin that wants to be hosted. */
class HostingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<groupId>io.jenkins.plugins</groupId>\n  <artifactId>understack-workflows</artifactId>",
                "<version>${changelist}</version>",
                "<changelist>999999-SNAPSHOT</changelist>",
                "<tag>${scmTag}</tag>",
                "<url>https://github.com/${gitHubRepo}</url>",
                "<connection>scm:git:https://github.com/${gitHubRepo}</connection>",
                "<developerConnection>scm:git:https://github.com/${gitHubRepo}</developerConnection>",
                "<name>MIT License</name>",
                "<hpi.strictBundledArtifacts>true</hpi.strictBundledArtifacts>",
                "<ban-commons-lang-2.skip>false</ban-commons-lang-2.skip>",
                "<ban-deprecated-stapler.skip>false</ban-deprecated-stapler.skip>",
                "<ban-junit4-imports.skip>false</ban-junit4-imports.skip>",
                "<banObsoleteDependencyOverrides.skip>false</banObsoleteDependencyOverrides.skip>",
                "<artifactId>bom-${jenkins.baseline}.x</artifactId>",
            })
    void thePomHas(String text) throws IOException {
        assertThat(read("pom.xml")).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<developers>", "java.level", "maven.compiler.", "${revision}", "<url>http:"})
    void thePomHasNot(String text) throws IOException {
        assertThat(read("pom.xml")).doesNotContain(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jenkinsfile", "LICENSE", "README.md", ".github/CODEOWNERS", ".github/dependabot.yml", ".github/workflows/cd.yaml",
                ".github/workflows/jenkins-security-scan.yml", ".mvn/maven.config", "src/main/resources/index.jelly"
            })
    void thereIs(String file) {
        assertThat(Path.of(file)).exists();
    }

    @Test
    void theSmallFilesSayWhatTheyMust() throws IOException {
        assertThat(read("Jenkinsfile")).startsWith("buildPlugin(").contains("configurations:", "platform:", "jdk: 21", "jdk: 25");
        assertThat(read(".github/CODEOWNERS").strip()).isEqualTo("* @jenkinsci/understack-workflows-plugin-developers");
        assertThat(read(".gitignore")).contains("target", "work");
        assertThat(Path.of(".github/release-drafter.yml")).doesNotExist();
    }

    @Test
    void viewsHaveNeitherScriptsNorStylesOfTheirOwn() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            List<Path> views = files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(views).hasSizeGreaterThan(10);
            for (Path view : views) {
                assertThat(Files.readString(view))
                        .as(view.toString())
                        .startsWith("<?jelly escape-by-default='true'?>")
                        .doesNotContain("<script", "<style", "style=", "javascript:", "checkUrl")
                        .doesNotContainPattern("\\son[a-z]+=");
            }
        }
    }

    /** "help for every field" */
    @Test
    void everyFieldOfAFormHasItsHelp() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            for (Path form : files.filter(file -> file.endsWith("config.jelly") || file.endsWith("rules.jelly")).toList()) {
                var field = java.util.regex.Pattern.compile("<f:(?:entry|optionalProperty|dropdownDescriptorSelector) field=\"(\\w+)\"")
                        .matcher(Files.readString(form));
                while (field.find()) {
                    String help = "help-" + field.group(1) + ".html";
                    // A trigger shows the help of the sensor where it has none of its own.
                    Path shared = Path.of("src/main/resources/io/jenkins/plugins/understack/config/SensorConfig", help);
                    assertThat(Stream.concat(helps(form, help), Stream.of(shared))).anyMatch(Files::exists);
                }
            }
        }
    }

    /** Where Jenkins looks for it: beside the form, and with the superclasses. */
    private static Stream<Path> helps(Path form, String help) throws ClassNotFoundException {
        Path resources = Path.of("src/main/resources");
        String name = resources.relativize(form.getParent()).toString().replace(File.separatorChar, '.');
        Class<?> described = Class.forName(name, false, HostingTest.class.getClassLoader());
        return Stream.<Class<?>>iterate(described, Objects::nonNull, Class::getSuperclass)
                .map(type -> resources.resolve(type.getName().replace('.', '/')).resolve(help));
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file)).replace("\r\n", "\n");
    }
}
