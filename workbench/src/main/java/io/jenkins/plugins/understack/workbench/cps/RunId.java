package io.jenkins.plugins.understack.workbench.cps;

import java.util.concurrent.ThreadLocalRandom;

/** Names of runs: that of the workflow and five random characters, as Argo makes them. */
public final class RunId {
    /** Without vowels and look-alikes, so that no word comes out (Kubernetes' util/rand). */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private RunId() {}

    public static String of(String workflow) {
        StringBuilder id = new StringBuilder(workflow).append('-');
        for (int i = 0; i < 5; i++) {
            id.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
