package io.jenkins.plugins.understack.workbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of the house: docs of each package say what it is for, this says what it may know. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.understack";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void coreKnowsNeitherJenkinsNorTheWorkbench() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".core..",
                        "java..",
                        "javax..",
                        "com.cronutils..",
                        "com.fasterxml.jackson..",
                        "com.google.re2j..",
                        "com.rabbitmq.client..",
                        "io.fabric8.kubernetes..",
                        "io.micrometer.core.instrument..",
                        "net.thisptr.jackson.jq..",
                        "org.h2.mvstore..")
                .check(CLASSES);
    }

    @Test
    void simulatorsKnowNeitherCoreNorTheWorkbench() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".workbench.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".core..",
                        ROOT + ".workbench.command..",
                        ROOT + ".workbench.config..",
                        ROOT + ".workbench.cps..",
                        ROOT + ".workbench.demo..",
                        ROOT + ".workbench.print..",
                        ROOT + ".workbench.server..")
                .check(CLASSES);
    }

    @Test
    void packagesOfTheWorkbenchHaveNoCycles() {
        slices().matching(ROOT + ".workbench.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        slices().matching(ROOT + ".core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
