/** What people see: events, decisions, trees, logs; with colour on a terminal. */
package io.jenkins.plugins.understack.workbench.print;
