/**
 * What translators to jq have in common: what they put out, how they refuse, and the functions of Go and Lua that jq does not
 * have, written in jq.
 */
package io.jenkins.plugins.understack.workbench.argo.translate;
