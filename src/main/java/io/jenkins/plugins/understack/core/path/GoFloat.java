package io.jenkins.plugins.understack.core.path;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Floating-point numbers as Go's strconv reads and writes them. */
public final class GoFloat {
    /** Also "inf" and "nan", hexadecimal and underscores, which nobody writes into a filter, are left out. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,5})?");

    private GoFloat() {}

    /** Null where the text is no decimal number. */
    public static Double parse(String text) {
        return DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    public static double parseOrZero(String text) {
        Double number = parse(text);
        return number == null ? 0 : number;
    }

    /** Shortest text that reads back as the same number, without exponent: {@code FormatFloat(f, 'f', -1, 64)}. */
    public static String format(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
