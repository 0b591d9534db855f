package io.jenkins.plugins.understack.core.sensor.argo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in imported rules. How they decide is in the conformance suite of the workbench, which imports them. */
class ArgoRulesTest {
    /** What Argo's validator refuses, and what nobody can mean. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "filters: {time: {start: '09:09:0', stop: '10:10:10'}}   | argo.filters.time.start: \"09:09:0\" is no time; expected HH:MM:SS",
        "filters: {time: {start: '10:10', stop: '10:10:10'}}     | argo.filters.time.start: \"10:10\" is no time",
        "filters: {time: {start: '25:00:00', stop: '10:10:10'}}  | argo.filters.time.start: \"25:00:00\" is no time",
        "filters: {time: {start: '10:10:10', stop: '10:10:10'}}  | argo.filters.time.stop: is the same as start",
        "filters: {time: {start: '1:00:00', stop: '2:00:00', timezone: Mars/North}} | argo.filters.time.timezone: \"Mars/North\"",
        "filters: {dataLogicalOperator: OR}                      | argo.filters.dataLogicalOperator: \"OR\" is unknown",
        "filtersLogicalOperator: xor                             | argo.filtersLogicalOperator: \"xor\"",
        "filters: {script: 'return true'}                        | argo.filters.script: is unknown",
        "filters: {data: [{path: a, template: x}]}               | argo.filters.data[0].template: is unknown",
        "filters: {exprs: [{expr: 'a == 1', fields: []}]}        | argo.filters.exprs[0].jq: is missing",
        "filters: {data: [{path: a, jq: '{'}]}                   | argo.filters.data[0].jq: is no jq program",
        "filters: {data: x}                                      | argo.filters.data: is no list",
        "filters: [1]                                            | argo.filters: is no mapping",
        "parameters: [{src: {dataKey: a}}]                       | argo.parameters[0].dest: is empty",
        "parameters: [{src: {dataKey: a}, dest: p, operation: add}] | argo.parameters[0].operation: \"add\" is unknown",
        "just text                                               | argo: is no mapping",
        "x: [                                                    | argo: is no YAML",
    })
    void mistakesAreNamed(String yaml, String message) {
        assertThatThrownBy(() -> new ArgoRules(yaml)).hasMessageStartingWith(message);
    }
}
