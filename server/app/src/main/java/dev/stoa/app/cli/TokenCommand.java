package dev.stoa.app.cli;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.app.Domain;
import dev.stoa.rooms.room.Room;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Tokens by hand, signed with the key pair in the data directory.
@Command(name = "token", mixinStandardHelpOptions = true, description = "Print a token.")
final class TokenCommand implements Runnable {
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TokenCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: token management or token app");
    }

    @Command(mixinStandardHelpOptions = true, description = "A token for the REST API.")
    int management(@Option(names = "--hours", defaultValue = "24", description = "Validity (24).") int hours)
            throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            environment
                    .out()
                    .println(tokens(domain)
                            .issueManagement(domain.workspace(), validity(hours))
                            .token());
            return ExitCode.OK;
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "A token by which one person enters one room.")
    int app(
            @Option(names = "--room", required = true, description = "Room id.") String roomId,
            @Option(names = "--role", required = true, description = "Role of the room's template.") String role,
            @Option(names = "--user", description = "Your own id of the person.") @Nullable String user,
            @Option(names = "--hours", defaultValue = "24", description = "Validity (24).") int hours)
            throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            Optional<Room> room = domain.store().rooms().byId(roomId);
            if (room.isEmpty()) {
                return failed("there is no room " + roomId);
            }
            boolean known = domain.store()
                    .templates()
                    .byId(room.get().workspaceId(), room.get().templateId())
                    .filter(template -> template.roles().containsKey(role))
                    .isPresent();
            if (!known) {
                return failed("the room's template has no role " + role);
            }
            String userId = user == null ? domain.ids().uuid() : user;
            environment
                    .out()
                    .println(tokens(domain)
                            .issueApp(domain.workspace(), roomId, role, userId, validity(hours))
                            .token());
            return ExitCode.OK;
        }
    }

    private Duration validity(int hours) {
        if (hours < 1 || hours > LONGEST.toHours()) {
            throw new ParameterException(spec.commandLine(), "--hours: 1 to " + LONGEST.toHours());
        }
        return Duration.ofHours(hours);
    }

    private static JwtTokens tokens(Domain domain) {
        return new JwtTokens(domain.store().workspaces(), domain.ids(), domain.time());
    }

    private int failed(String message) {
        environment.err().println("stoa: " + message);
        return ExitCode.FAILED;
    }
}
