/**
 * Lua scripts of filters and transforms, as far as they consist of conditions, local variables and assignments to fields,
 * translated to jq. Tables become values: where two names would stand for one table that changes, the program fails instead.
 */
package io.jenkins.plugins.understack.workbench.argo.lua;
