package io.jenkins.plugins.understack.workbench.print;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Where commands write: blocks of lines that other threads do not interrupt. UTF-8, as terminals of today expect. */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final Style style;

    public Console(PrintStream out, PrintStream err, Style style) {
        this.out = out;
        this.err = err;
        this.style = style;
    }

    /** That of this process; the launcher sets the system property {@code understack.terminal}. */
    public static Console ofProcess(Map<String, String> environment) {
        return new Console(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
                Style.of(Boolean.getBoolean("understack.terminal"), environment));
    }

    /** For usage and version texts. */
    public PrintStream out() {
        return out;
    }

    public Style style() {
        return style;
    }

    /** @param block one line or several, without the last line end */
    public synchronized void print(String block) {
        out.println(block);
        out.flush();
    }

    /** To standard error. */
    public synchronized void complain(String line) {
        err.println(line);
        err.flush();
    }

    /** With its stack trace; for {@code --verbose}. */
    public synchronized void complain(Throwable error) {
        error.printStackTrace(err);
        err.flush();
    }
}
