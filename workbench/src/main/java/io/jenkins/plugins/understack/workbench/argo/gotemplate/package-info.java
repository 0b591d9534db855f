/**
 * Go templates with functions of sprig ({@code template}, {@code dataTemplate}, {@code contextTemplate}), translated to jq. JSON's
 * numbers are float64 in them, which whole numbers of a template never equal; what would always fail there is refused.
 */
package io.jenkins.plugins.understack.workbench.argo.gotemplate;
