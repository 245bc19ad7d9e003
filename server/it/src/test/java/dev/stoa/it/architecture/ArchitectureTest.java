package dev.stoa.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The arrows between modules and the purity of those without I/O, as drawn in CONTRIBUTING.md.
final class ArchitectureTest {
    private static final String ROOT = "dev.stoa.";

    /// Module and what it may see; nothing else of ours.
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("media.wire", Set.of()),
            Map.entry("media.rtc", Set.of("media.wire")),
            Map.entry("media.crypto", Set.of("media.rtc", "media.wire")),
            Map.entry("media.sfu", Set.of("media.rtc", "media.wire")),
            Map.entry("media.io", Set.of("media.sfu", "media.rtc", "media.wire")),
            Map.entry("media.sim", Set.of("media.sfu", "media.rtc", "media.wire", "media.crypto")),
            Map.entry("client", Set.of("media.sim", "media.sfu", "media.rtc", "media.wire", "media.crypto")),
            Map.entry("rooms", Set.of()),
            Map.entry("conference", Set.of("rooms", "media.sfu", "media.rtc", "media.wire")),
            Map.entry("signal", Set.of("rooms")),
            Map.entry("api", Set.of("rooms")),
            Map.entry("store", Set.of("rooms"))));

    private static final List<String> PURE = List.of("media.wire", "media.rtc", "media.sfu", "rooms");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.stoa");

    @TestFactory
    Stream<DynamicTest> arrowsAreAsDrawn() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(
                        arrow.getKey(),
                        () -> sees(arrow.getKey(), arrow.getValue()).check(CLASSES)));
    }

    @TestFactory
    Stream<DynamicTest> pureModulesHaveNoClockSocketThreadLockOrRandom() {
        return PURE.stream()
                .flatMap(module -> Purity.rules(ROOT + module + "..").stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                module + ": " + rule.getDescription(), () -> rule.check(CLASSES))));
    }

    @Test
    void pureModulesHaveNoSynchronizedCode() {
        for (String module : PURE) {
            assertThat(Purity.synchronizedMethods(CLASSES, ROOT + module))
                    .as(module)
                    .isEmpty();
        }
    }

    @Test
    void onlyTheAppReadsFilesEnvironmentAndProperties() {
        // The store is given its directory and may make it; crypto and io ask what operating system this is.
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage("dev.stoa..")
                .and()
                .resideOutsideOfPackages("dev.stoa.app..", "dev.stoa.it..")
                .and()
                .doNotHaveFullyQualifiedName("dev.stoa.store.SqliteStore")
                .and()
                .doNotHaveFullyQualifiedName("dev.stoa.media.io.linux.LibC")
                .should(Purity.readTheProcessAround());
        rule.check(CLASSES);
    }

    @Test
    void mediaIsALibraryWithoutHttpOrJson() {
        noClasses()
                .that()
                .resideInAPackage("dev.stoa.media..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "tools.jackson..", "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String module : ARROWS.keySet()) {
            assertThat(CLASSES.stream().filter(c -> c.getPackageName().startsWith(ROOT + module)))
                    .as(module)
                    .isNotEmpty();
        }
    }

    private static ArchRule sees(String module, Set<String> allowed) {
        List<String> forbidden = new ArrayList<>(List.of("dev.stoa.app.."));
        for (String other : ARROWS.keySet()) {
            if (!other.equals(module) && !allowed.contains(other)) {
                forbidden.add(ROOT + other + "..");
            }
        }
        return noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new));
    }
}
