package dev.stoa.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What code without I/O must not touch, as rules that can be tried on any classes.
final class Purity {
    private static final Map<String, Set<String>> CLOCK = Map.of(
            "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
            "java.time.Instant", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.lang.Math", Set.of("random"));

    private static final Map<String, Set<String>> PROCESS =
            Map.of("java.lang.System", Set.of("getenv", "getProperty", "getProperties"));

    private Purity() {}

    static List<ArchRule> rules(String packages) {
        return List.of(
                noClasses()
                        .that()
                        .resideInAPackage(packages)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent.locks.."),
                noClasses()
                        .that()
                        .resideInAPackage(packages)
                        .should()
                        .dependOnClassesThat(named(Set.of(
                                "java.lang.Thread",
                                "java.util.Timer",
                                "java.util.concurrent.ExecutorService",
                                "java.util.concurrent.Executors",
                                "java.util.concurrent.ScheduledExecutorService",
                                "java.util.concurrent.ThreadLocalRandom",
                                "java.security.SecureRandom"))),
                noClasses()
                        .that()
                        .resideInAPackage(packages)
                        .should(call(CLOCK, "read a clock or draw unseeded randomness")),
                noClasses().that().resideInAPackage(packages).should(makeUnseededRandom()));
    }

    static ArchCondition<JavaClass> readTheProcessAround() {
        return new ArchCondition<>("read files, environment or system properties") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (JavaAccess<?> access : item.getAccessesFromSelf()) {
                    if (!(access instanceof JavaCall<?> call)) {
                        continue;
                    }
                    String owner = call.getTargetOwner().getName();
                    boolean file = owner.equals("java.nio.file.Files")
                            || owner.equals("java.io.FileInputStream")
                            || owner.equals("java.io.FileReader");
                    if (file || matches(PROCESS, call)) {
                        events.add(SimpleConditionEvent.satisfied(item, call.getDescription()));
                    }
                }
            }
        };
    }

    /// Methods that are `synchronized` or hold a `synchronized` block, which only byte code shows.
    static List<String> synchronizedMethods(JavaClasses classes, String packageName) {
        return classes.stream()
                .filter(type -> type.getPackageName().startsWith(packageName))
                .flatMap(type -> synchronizedMethods(type).stream())
                .toList();
    }

    private static List<String> synchronizedMethods(JavaClass type) {
        URI source = type.getSource().orElseThrow().getUri();
        try (InputStream in = source.toURL().openStream()) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .filter(Purity::locks)
                    .map(method -> type.getName() + "." + method.methodName().stringValue())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean locks(MethodModel method) {
        return method.flags().has(AccessFlag.SYNCHRONIZED)
                || method.code().stream()
                        .flatMap(CodeModel::elementStream)
                        .anyMatch(MonitorInstruction.class::isInstance);
    }

    private static ArchCondition<JavaClass> call(Map<String, Set<String>> methods, String description) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getAccessesFromSelf().stream()
                        .filter(JavaCall.class::isInstance)
                        .map(access -> (JavaCall<?>) access)
                        .filter(call -> matches(methods, call))
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(item, call.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> makeUnseededRandom() {
        return new ArchCondition<>("make a random generator without a seed") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getConstructorCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isAssignableTo(java.util.random.RandomGenerator.class))
                        .filter(call -> call.getTarget().getRawParameterTypes().isEmpty())
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(item, call.getDescription())));
            }
        };
    }

    private static boolean matches(Map<String, Set<String>> methods, JavaCall<?> call) {
        return methods.getOrDefault(call.getTargetOwner().getName(), Set.of()).contains(call.getName());
    }

    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return DescribedPredicate.describe("one of " + names, type -> names.contains(type.getName()));
    }
}
