/**
 * Expressions of {@code exprs}, in the language of govaluate at the commit that Argo Events 1.9 uses, translated to jq. What is odd
 * here is odd there: either quote ends a text, {@code ? :} groups from the left, a date in quotes is a number.
 */
package io.jenkins.plugins.understack.workbench.argo.govaluate;
