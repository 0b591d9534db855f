/**
 * The durable store of events that matched, of the starts they asked for and of what could not be handled. An event is put here, with
 * all its starts, in one write before its source acknowledges it; what happens to a start afterwards is written here too.
 *
 * <p>One event has a number, in the order of acceptance; its starts have ids that begin with it.
 */
package io.jenkins.plugins.understack.core.inbox;
