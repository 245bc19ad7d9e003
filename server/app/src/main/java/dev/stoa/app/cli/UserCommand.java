package dev.stoa.app.cli;

import dev.stoa.app.Domain;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRole;
import dev.stoa.rooms.users.UserRules;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Users of the dashboard by hand: the first owner, and who has forgotten a password. Works beside a running server.
@Command(name = "user", mixinStandardHelpOptions = true, description = "List and add users of the dashboard.")
final class UserCommand implements Runnable {
    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UserCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: user list, user add or user password");
    }

    @Command(mixinStandardHelpOptions = true, description = "List users, oldest first.")
    int list() throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            for (User user : domain.users().list(domain.workspace().id())) {
                String state = user.enabled() ? user.active() ? "active" : "invited" : "disabled";
                environment
                        .out()
                        .printf("%s  %-9s  %-8s  %s%n", user.id(), user.role().word(), state, user.email());
            }
            return ExitCode.OK;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Add a user; the password is asked for, or read from standard input.")
    int add(
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "owner, admin, member or read-only.")
                    String roleWord,
            @Parameters(paramLabel = "EMAIL") String address)
            throws IOException {
        String email = email(address);
        UserRole role = UserRole.of(roleWord)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--role: must be one of " + String.join(", ", UserRole.words())));
        String password = password();
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            Outcome<User> outcome = domain.users().create(domain.workspace().id(), email, role, password);
            return told(domain, "user add", outcome);
        }
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Set a user's password and sign the user out everywhere.")
    int newPassword(@Parameters(paramLabel = "EMAIL") String address) throws IOException {
        String email = email(address);
        String password = password();
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            Outcome<User> outcome =
                    domain.users().resetPassword(domain.workspace().id(), email, password);
            return told(domain, "user password", outcome);
        }
    }

    private int told(Domain domain, String words, Outcome<User> outcome) {
        return switch (outcome) {
            case Outcome.Done<User>(User user) -> {
                domain.audited(words, user.id(), true);
                environment.out().println(user.id() + "  " + user.role().word() + "  " + user.email());
                yield ExitCode.OK;
            }
            case Outcome.Failed<User>(var failure) -> {
                domain.audited(words, "", false);
                environment.err().println("stoa: " + failure.message());
                yield ExitCode.FAILED;
            }
        };
    }

    private String email(String address) {
        String email = UserRules.email(Fields.of(Map.of("email", address)), "email");
        if (email == null) {
            throw new ParameterException(spec.commandLine(), "EMAIL: must be an e-mail address");
        }
        return email;
    }

    private String password() throws IOException {
        Optional<String> given = environment.passwords().ask("Password");
        if (given.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "the password is read from standard input; there is none");
        }
        String problem = UserRules.problem(given.get());
        if (problem != null) {
            throw new ParameterException(spec.commandLine(), "the password " + problem);
        }
        return given.get();
    }
}
