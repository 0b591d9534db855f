/**
 * Everything UnderStack Workflows knows that has nothing to do with Jenkins: events, sources, sensors and the clients of
 * the outside world. Compiled a second time by {@code workbench/pom.xml}, from Maven Central alone, so that it stays so.
 */
package io.jenkins.plugins.understack.core;
