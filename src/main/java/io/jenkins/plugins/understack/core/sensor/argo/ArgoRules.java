package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Filters;
import io.jenkins.plugins.understack.core.sensor.Parameters;
import java.util.List;

/**
 * The rules of an imported sensor as the YAML that Argo's users know: {@code filters} and {@code filtersLogicalOperator} of a
 * dependency, and the {@code parameters} of its trigger, whose {@code dest} is the name of a parameter of the job.
 *
 * @param text YAML; checked when this is made
 */
public record ArgoRules(String text) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String NAME = "argo";

    public ArgoRules {
        Block block = parse(text);
        filters(block);
        parameters(block);
    }

    private static Block parse(String text) {
        JsonNode node;
        try {
            node = YAML.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidFieldException(
                    NAME,
                    "is no YAML" + (e.getLocation() == null ? "" : ": error at line " + e.getLocation().getLineNr()));
        }
        Block block = new Block(NAME, node == null ? YAML.missingNode() : node);
        block.only("filters", "filtersLogicalOperator", "parameters");
        return block;
    }

    /** Null where there are none, which passes; an empty {@code filters: {}} is something else. */
    private static ArgoFilters filters(Block block) {
        boolean or = block.isOr("filtersLogicalOperator");
        return block.has("filters") ? new ArgoFilters(block.block("filters"), or) : null;
    }

    private static List<ArgoParameter> parameters(Block block) {
        return block.blocks("parameters").stream().map(ArgoParameter::new).toList();
    }

    /** Names of the job's parameters. */
    public List<String> parameterNames() {
        return parameters(parse(text)).stream().map(ArgoParameter::name).toList();
    }

    public Filters compileFilters() {
        ArgoFilters filters = filters(parse(text));
        // An event without payload passes every filter.
        return (event, data, reasons) ->
                filters == null || data.isMissingNode() ? Outcome.PASS : filters.evaluate(event, data, reasons);
    }

    public Parameters compileParameters() {
        return new ArgoParameters(parameters(parse(text)));
    }

    /** Whether there are conditions, which belong to one dependency. */
    public boolean hasFilters() {
        Block block = parse(text);
        return block.has("filters") || block.has("filtersLogicalOperator");
    }

    public boolean hasParameters() {
        return parse(text).has("parameters");
    }
}
