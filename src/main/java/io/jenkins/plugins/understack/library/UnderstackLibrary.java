package io.jenkins.plugins.understack.library;

import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryResolver;

/**
 * Offers the library {@code understack} to every job, without any SCM. A library that an administrator has configured under
 * the same name goes first.
 */
@Extension(ordinal = -1000)
public final class UnderstackLibrary extends LibraryResolver {
    static final String NAME = "understack";
    private static final String VERSION = "bundled";

    /** The library needs no more rights than the Pipeline that calls it: it only calls steps. */
    @Override
    public boolean isTrusted() {
        return false;
    }

    @Override
    public Collection<LibraryConfiguration> forJob(Job<?, ?> job, Map<String, String> libraryVersions) {
        return libraryVersions.containsKey(NAME) ? List.of(configuration()) : List.of();
    }

    @Override
    public Collection<LibraryConfiguration> suggestedConfigurations(ItemGroup<?> group) {
        return List.of(configuration());
    }

    private static LibraryConfiguration configuration() {
        LibraryConfiguration library = new LibraryConfiguration(NAME, new BundledLibraryRetriever());
        library.setDefaultVersion(VERSION);
        library.setAllowVersionOverride(false);
        library.setIncludeInChangesets(false);
        return library;
    }
}
