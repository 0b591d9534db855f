package io.jenkins.plugins.understack.core.inbox;

/** Numbers of events are 16 hexadecimal digits; ids of starts are such a number, a dash and 4 more. Both sort as texts. */
public final class Ids {
    private Ids() {}

    static String number(long number) {
        return String.format("%016x", number);
    }

    static String start(String number, int ordinal) {
        return number + String.format("-%04x", ordinal);
    }

    static String number(String start) {
        return start.substring(0, start.indexOf('-'));
    }

    static int ordinal(String start) {
        return Integer.parseInt(start.substring(start.indexOf('-') + 1), 16);
    }

    /** Whether a text from outside can be an id of a start or dead letter. */
    public static boolean isStart(String text) {
        return text != null && text.matches("[0-9a-f]{16}-[0-9a-f]{4,8}");
    }

    /** Whether a text from outside can be the number of an event. */
    public static boolean isNumber(String text) {
        return text != null && text.matches("[0-9a-f]{16}");
    }
}
