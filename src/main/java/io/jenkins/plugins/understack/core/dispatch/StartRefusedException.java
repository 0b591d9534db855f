package io.jenkins.plugins.understack.core.dispatch;

/** A start that cannot work however often it is tried. The message has no values of the event. */
public final class StartRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String part;

    /** @param part of the sensor, for example {@code job} or {@code parameters[hostname]} */
    public StartRefusedException(String part, String detail) {
        super(detail);
        this.part = part;
    }

    public String part() {
        return part;
    }
}
