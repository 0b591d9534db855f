package io.jenkins.plugins.understack.workbench.argo.lua;

import java.util.List;

/** An expression of Lua. */
sealed interface Term {
    /** @param value String, Double, Boolean, or null for nil */
    record Literal(Object value) implements Term {}

    /** A variable, and the keys on the way into it. */
    record Path(String variable, List<Term> keys, int position) implements Term {}

    record Unary(String operator, Term operand) implements Term {}

    record Binary(String operator, Term left, Term right, int position) implements Term {}

    /** {@code {a = 1}}, or {@code {1, 2}} where keys is null. */
    record Table(List<String> keys, List<Term> values) implements Term {}

    /** {@code setmetatable({}, {__is_array = true})}. */
    record EmptyArray() implements Term {}

    /** {@code tostring(value)}. */
    record ToText(Term value) implements Term {}
}
