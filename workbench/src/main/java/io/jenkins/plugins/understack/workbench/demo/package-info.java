/** The main job from end to end on simulators. */
package io.jenkins.plugins.understack.workbench.demo;
