package io.jenkins.plugins.understack.workbench.print;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Shows what the sources say about their state, one line each, and hides what libraries say to themselves. */
public final class ConsoleLog extends Handler {
    private static final String OURS = "io.jenkins.plugins.understack";
    /** {@link Logger}s are forgotten with their levels when nobody holds them. */
    private static final List<Logger> HELD = new ArrayList<>();

    private final Console console;
    private final boolean verbose;

    private ConsoleLog(Console console, boolean verbose) {
        this.console = console;
        this.verbose = verbose;
    }

    /** Replaces whatever the process logs to now. */
    public static synchronized void install(Console console, boolean verbose) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleLog log = new ConsoleLog(console, verbose);
        log.setLevel(Level.ALL);
        root.addHandler(log);
        level("", verbose ? Level.WARNING : Level.OFF);
        level(OURS, verbose ? Level.FINE : Level.INFO);
        // The decision that is printed says the same.
        level(OURS + ".core.dispatch.Dispatcher", verbose ? Level.FINE : Level.OFF);
    }

    private static void level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
    }

    @Override
    public void publish(LogRecord entry) {
        boolean warning = entry.getLevel().intValue() >= Level.WARNING.intValue();
        String message = new SimpleFormatter().formatMessage(entry);
        console.print(warning ? console.style().warning("! " + message) : "· " + message);
        if (entry.getThrown() != null) {
            if (verbose) {
                console.complain(entry.getThrown());
            } else {
                console.print("  (" + entry.getThrown().getClass().getSimpleName() + "; --verbose shows where)");
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
