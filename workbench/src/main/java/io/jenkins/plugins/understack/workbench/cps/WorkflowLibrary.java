package io.jenkins.plugins.understack.workbench.cps;

import com.cloudbees.groovy.cps.CpsTransformer;
import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * The workflows of the shared library: each is {@code vars/<name>.groovy} with a method {@code call(Map)}. Compiled when
 * first used, with the transformation that Jenkins applies to Pipelines. Thread-safe.
 */
public final class WorkflowLibrary {
    /** Where the plugin serves the library from. */
    private static final String VARS = "/io/jenkins/plugins/understack/library/understack/vars";

    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, Class<?>> compiled = new ConcurrentHashMap<>();

    private WorkflowLibrary() {}

    /** The library that comes with this program. */
    public static WorkflowLibrary provided() {
        URL vars = WorkflowLibrary.class.getResource(VARS);
        if (vars == null) {
            throw new IllegalStateException(VARS + " is missing in this program");
        }
        try {
            URI uri = vars.toURI();
            if (!uri.getScheme().equals("jar")) {
                return of(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create(uri.toString().replaceFirst("!.*", "")), Map.of())) {
                return of(jar.getPath(VARS));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the library of this program", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(vars + " is no URI", e);
        }
    }

    /** @param vars the folder {@code vars} of a library */
    public static WorkflowLibrary of(Path vars) throws IOException {
        WorkflowLibrary library = new WorkflowLibrary();
        try (Stream<Path> files = Files.list(vars)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".groovy")) {
                    library.sources.put(name.substring(0, name.length() - ".groovy".length()), Files.readString(file));
                }
            }
        }
        return library;
    }

    /** @param site workflows that take the place of those of this library that have the same name; see docs/user-guide.md */
    public WorkflowLibrary behind(WorkflowLibrary site) {
        WorkflowLibrary both = new WorkflowLibrary();
        both.sources.putAll(sources);
        both.sources.putAll(site.sources);
        return both;
    }

    public Set<String> names() {
        return sources.keySet();
    }

    public boolean has(String workflow) {
        return sources.containsKey(workflow);
    }

    /** @throws WorkflowFailure where the source is not valid Groovy */
    WorkflowScript load(String workflow, WorkflowRun run) {
        WorkflowScript script =
                (WorkflowScript) InvokerHelper.createScript(compiled.computeIfAbsent(workflow, this::compile), new Binding());
        script.run = run;
        script.getBinding().setVariable("steps", new StepCalls(run));
        return script;
    }

    private Class<?> compile(String workflow) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(WorkflowScript.class.getName());
        configuration.addCompilationCustomizers(new CpsTransformer());
        try {
            return new GroovyShell(WorkflowLibrary.class.getClassLoader(), new Binding(), configuration)
                    .parse(sources.get(workflow), workflow + ".groovy")
                    .getClass();
        } catch (CompilationFailedException e) {
            throw new WorkflowFailure(workflow + ".groovy cannot be compiled: " + PlainValues.line(e.getMessage(), 300), e);
        }
    }
}
