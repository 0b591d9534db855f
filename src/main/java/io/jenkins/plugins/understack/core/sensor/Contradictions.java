package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.List;

/** Filters that can never all pass, or that say what another says already. */
final class Contradictions {
    private Contradictions() {}

    /** @throws InvalidFieldException naming the later one of two that do not go together */
    static void check(List<FilterProgram> filters) {
        for (int later = 0; later < filters.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                DataFilter one = filters.get(earlier).filter();
                DataFilter other = filters.get(later).filter();
                if (one.path().equals(other.path())) {
                    if (one.equals(other)) {
                        throw new InvalidFieldException("filters[" + later + "]", "is never used; filters[" + earlier + "] is the same");
                    }
                    if (exclude(filters.get(earlier), filters.get(later)) || exclude(filters.get(later), filters.get(earlier))) {
                        throw new InvalidFieldException(
                                "filters[" + later + "]", "can never pass together with filters[" + earlier + "], which looks at the same path");
                    }
                }
            }
        }
    }

    private static boolean exclude(FilterProgram one, FilterProgram other) {
        return switch (one.filter().comparator()) {
            case MISSING -> other.filter().comparator() != Comparator.MISSING && other.filter().otherwise() == null;
            case NULL -> other.filter().comparator() != Comparator.NULL
                    && other.filter().comparator() != Comparator.EXISTS
                    && !differs(other.filter().comparator())
                    && other.filter().nullAs() == null;
            case EQUALS, IN -> isFixed(one) && isComparable(one, other) && one.values().stream().noneMatch(other::holds);
            case GREATER, GREATER_OR_EQUAL -> isFixed(one) && isComparable(one, other) && isBelow(one, other);
            default -> false;
        };
    }

    private static boolean differs(Comparator comparator) {
        return comparator == Comparator.NOT_EQUALS || comparator == Comparator.NOT_IN;
    }

    /** Nothing stands in for what is missing or null, so that what one filter reads the other reads too. */
    private static boolean isFixed(FilterProgram filter) {
        return filter.filter().otherwise() == null && filter.filter().nullAs() == null;
    }

    private static boolean isComparable(FilterProgram one, FilterProgram other) {
        return isFixed(other)
                && !other.filter().comparator().isPresence()
                && one.filter().type() == other.filter().type();
    }

    /** Whether {@code other} ends below where {@code one} begins. */
    private static boolean isBelow(FilterProgram one, FilterProgram other) {
        Comparator comparator = other.filter().comparator();
        if (comparator != Comparator.LESS && comparator != Comparator.LESS_OR_EQUAL) {
            return false;
        }
        int gap = FilterProgram.order(one.values().get(0), other.values().get(0));
        boolean bothTakeIn = one.filter().comparator() == Comparator.GREATER_OR_EQUAL && comparator == Comparator.LESS_OR_EQUAL;
        return gap > 0 || gap == 0 && !bothTakeIn;
    }
}
