package io.jenkins.plugins.understack.core;

/** A field of a configuration cannot be used. The message reads "{@code field}: what was found, what was expected". */
public final class InvalidFieldException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String detail;

    public InvalidFieldException(String field, String detail) {
        super(field + ": " + detail);
        this.field = field;
        this.detail = detail;
    }

    /** The name of the field as the user writes it, for example {@code filters[0].path}. */
    public String field() {
        return field;
    }

    public String detail() {
        return detail;
    }

    /** The same problem seen from one level further out: {@code path} becomes {@code filters[0].path}. */
    public InvalidFieldException within(String parent) {
        return new InvalidFieldException(parent + "." + field, detail);
    }
}
