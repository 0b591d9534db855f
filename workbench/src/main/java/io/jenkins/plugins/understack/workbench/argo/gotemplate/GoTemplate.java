package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.Functions;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.List;

/** Translates templates. */
public final class GoTemplate {
    private GoTemplate() {}

    /** Of parameters, whose {@code .Input} is the data or the context of an event. */
    public static Translation overData(String template) {
        return Translation.of(() -> translate(template, Kind.ANY));
    }

    /** Of data filters, whose {@code .Input} is the value at the path as text. */
    public static Translation overText(String template) {
        return Translation.of(() -> translate(template, Kind.TEXT));
    }

    private static String translate(String template, Kind input) throws UntranslatableException {
        Jq body = new TemplateWriter(template, input).write(parse(template));
        boolean used = body.text().contains("$in");
        return Functions.define(used ? Jq.open(". as $in | " + body.text(), Kind.TEXT) : body);
    }

    static List<Part> parse(String template) throws UntranslatableException {
        return new TemplateParser(template).parse();
    }
}
