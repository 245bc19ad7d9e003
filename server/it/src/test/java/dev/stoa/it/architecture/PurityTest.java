package dev.stoa.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// The rules must be able to fail.
final class PurityTest {
    private static final String FIXTURE = "dev.stoa.it.architecture.fixture";

    private final JavaClasses impure = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void everyRuleFindsItsOffence() {
        for (ArchRule rule : Purity.rules(FIXTURE + "..")) {
            assertThat(rule.evaluate(impure).hasViolation())
                    .as(rule.getDescription())
                    .isTrue();
        }
    }

    @Test
    void synchronizedMethodsAndBlocksAreFound() {
        assertThat(Purity.synchronizedMethods(impure, FIXTURE)).hasSize(2);
    }

    @Test
    void readingFilesIsFound() {
        ArchRule rule = noClasses().that().resideInAPackage(FIXTURE).should(Purity.readTheProcessAround());

        assertThat(rule.evaluate(impure).hasViolation()).isTrue();
    }
}
