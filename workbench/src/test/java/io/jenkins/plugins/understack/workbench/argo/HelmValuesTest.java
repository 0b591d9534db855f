package io.jenkins.plugins.understack.workbench.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmValuesTest {
    private static final String VALUES = "{a: {b: text, n: 5, list: [1], t: true}, empty: ''}";
    private static final String SENSOR =
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Sensor
            metadata:
              name: %s
            """;

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '^', value = {
        "{{ .Values.a.b }}                              => text",
        "x-{{ $.Values.a.n }}-y                         => x-5-y",
        "{{ .Values.a.n | quote }}                      => \"5\"",
        "{{ quote .Values.a.b }}                        => \"text\"",
        "{{ .Values.none | default \"x\" | quote }}     => \"x\"",
        "{{ default `x` .Values.empty }}                => x",
        "{{ .Values.a.b | default .5 }}                 => text",
        "{{ \"{{ .Input.body }}\" }}                    => {{ .Input.body }}",
        "{{`{{ .Input.body }}`}}                        => {{ .Input.body }}",
        "{{ .Input.body.x | default \"y\" }}            => {{ .Input.body.x | default \"y\" }}",
        "{{ if .Input.x }}a{{ else }}b{{ end }}         => {{ if .Input.x }}a{{ else }}b{{ end }}",
        "{{workflow.parameters.x}} {{=item.a}}          => {{workflow.parameters.x}} {{=item.a}}",
        "a  {{- .Values.a.b -}}  b                      => atextb",
    })
    void whatAValueCanTakeThePlaceOfIsFilled(String text, String filled) throws Exception {
        assertThat(helm().fill("t.yaml", text)).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '^', value = {
        "{{ .Release.Name }}               => can only be rendered by Helm",
        "{{ include \"x\" . }}             => can only be rendered by Helm",
        "{{ .Values.a.list }}              => is no plain value",
        "{{ .Values.none }}                => is no plain value",
        "{{ .Values.a.b | upper }}         => uses more than default and quote",
        "{{ toYaml .Values.a }}            => render the chart first: helm template CHART",
        "{{- if .Values.a.t }}             => render the chart first: helm template CHART",
        "{{ range .Values.a.list }}        => render the chart first: helm template CHART",
    })
    void whatOnlyHelmCanRenderIsNamedWithFileAndLine(String action, String message) {
        assertThatThrownBy(() -> helm().fill("t.yaml", "a: b\nc: " + action + "\n"))
                .hasMessageStartingWith("t.yaml:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void valuesAreAskedForWhereNoneAreGiven() {
        assertThatThrownBy(() -> new ArgoImport().add("t.yaml", SENSOR.formatted("{{ .Values.a.b }}")))
                .hasMessageStartingWith("t.yaml:4: {{ .Values.a.b }} is a value of a Helm chart; give them with --values values.yaml");
    }

    @Test
    void aControlLineIsNamed() {
        assertThatThrownBy(() -> new ArgoImport().add("t.yaml", "{{- if $x }}\n" + SENSOR.formatted("x") + "{{- end }}\n"))
                .hasMessageStartingWith("t.yaml:1: {{- if $x }} can only be rendered by Helm");
    }

    @Test
    void commentsAndTemplatesOfOtherThingsAreNoMatter() throws Exception {
        ArgoImport argo = new ArgoImport("values.yaml", VALUES);
        argo.add("t.yaml", "# {{ .Release.Name }}\n" + SENSOR.formatted("{{ .Values.a.b }}"));
        argo.add("_helpers.yaml", "{{- define \"x\" }}\na: [\n{{- end }}");
        argo.add("values.yaml", "a: {b: c}");

        assertThat(argo.report())
                .contains(
                        "Sensor text",
                        "not converted: _helpers.yaml: is no YAML, and nothing of Argo is in it",
                        "not converted: values.yaml: is no object of Kubernetes");
    }

    private static HelmValues helm() throws Exception {
        return new HelmValues(new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readTree(VALUES));
    }
}
