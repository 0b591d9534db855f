/**
 * The path language of Argo Events, which is that of the Go library gjson 1.18 (SYNTAX.md there): {@link
 * io.jenkins.plugins.understack.core.path.DataPath} is its door. Works on parsed JSON, not on text; so {@code @pretty} and
 * {@code @ugly} change nothing, and the last of duplicate keys has won before a path is read.
 */
package io.jenkins.plugins.understack.core.path;
