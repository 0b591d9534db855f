/** Stand-ins for the outside world, for the demo and for tests of both faces. They know nothing of the rest. */
package io.jenkins.plugins.understack.workbench.simulator;
