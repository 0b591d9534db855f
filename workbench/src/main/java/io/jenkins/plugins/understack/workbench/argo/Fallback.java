package io.jenkins.plugins.understack.workbench.argo;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation.Program;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation.Refused;

/** The programs in the place of what Argo writes in other languages. */
final class Fallback {
    private Fallback() {}

    /** A program that fails, so that the sensor says what is missing and never fires by half of its conditions. */
    static String toBeWritten(String what) {
        return "error(" + Jq.quoted(what + " has to be written anew") + ")";
    }

    /** @param what for example {@code the template} */
    static String jq(Manifest manifest, String path, String what, Translation translation) {
        if (translation instanceof Program program) {
            manifest.changed(path, "translated to jq");
            return program.jq();
        }
        manifest.notSupported(path, ((Refused) translation).reason());
        return toBeWritten(what);
    }
}
