package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.List;
import java.util.Set;

/** {@code eq ne lt le gt ge}, which fail for values of different types; whole numbers and those of JSON are different types. */
final class Comparison {
    private final String template;
    private final Value.Call call;

    Comparison(String template, Value.Call call) {
        this.template = template;
        this.call = call;
    }

    Jq write(List<Jq> arguments) throws UntranslatableException {
        boolean several = call.function().equals("eq");
        if (several ? arguments.size() < 2 : arguments.size() != 2) {
            throw wrong("takes " + (several ? "at least " : "") + "two values");
        }
        Jq first = arguments.get(0);
        for (Jq other : arguments.subList(1, arguments.size())) {
            check(first, other);
        }
        Jq second = arguments.get(1);
        return switch (call.function()) {
            case "eq" -> equal(first, arguments.subList(1, arguments.size()));
            case "ne" -> Jq.open(equal(first, List.of(second)).operand() + " | not", Kind.BOOLEAN);
            case "lt" -> Jq.open(Jq.call(Kind.NUMBER, "go_compare", first, second).text() + " < 0", Kind.BOOLEAN);
            case "le" -> Jq.open(Jq.call(Kind.NUMBER, "go_compare", first, second).text() + " <= 0", Kind.BOOLEAN);
            case "gt" -> Jq.open(Jq.call(Kind.NUMBER, "go_compare", first, second).text() + " > 0", Kind.BOOLEAN);
            default -> Jq.open(Jq.call(Kind.NUMBER, "go_compare", first, second).text() + " >= 0", Kind.BOOLEAN);
        };
    }

    private static Jq equal(Jq first, List<Jq> others) {
        if (others.size() == 1 && first.kind() == others.get(0).kind() && first.kind() != Kind.ANY && first.kind() != Kind.LIST) {
            return Jq.open(first.operand() + " == " + others.get(0).operand(), Kind.BOOLEAN);
        }
        String list = String.join(", ", others.stream().map(Jq::operand).toList());
        return Jq.call(Kind.BOOLEAN, "go_eq", first, Jq.whole("[" + list + "]", Kind.LIST));
    }

    private void check(Jq left, Jq right) throws UntranslatableException {
        if (fails(left.kind(), right.kind()) || fails(right.kind(), left.kind())) {
            throw wrong("compares a " + CallWriter.name(left.kind()) + " with a " + CallWriter.name(right.kind())
                    + ", at which Argo Events fails; numbers of JSON are float64: write 5.0 for 5, or (int …) around the other side");
        }
    }

    private static boolean fails(Kind one, Kind other) {
        return switch (one) {
            case INTEGER -> !Set.of(Kind.INTEGER, Kind.KEY, Kind.NULL).contains(other);
            case KEY, MIXED -> Set.of(Kind.NUMBER, Kind.ANY, Kind.MIXED).contains(other);
            default -> false;
        };
    }

    private UntranslatableException wrong(String why) {
        return new UntranslatableException(template, call.position(), call + " " + why);
    }
}
