package dev.stoa.app.cli;

import dev.stoa.app.Domain;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.template.Template;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Rooms by hand; works beside a running server.
@Command(name = "room", mixinStandardHelpOptions = true, description = "Create, list and show rooms.")
final class RoomCommand implements Runnable {
    private static final int MOST_LISTED = 100;

    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RoomCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: room create, room list or room show");
    }

    @Command(mixinStandardHelpOptions = true, description = "Create a room and a code for each of its roles.")
    int create(
            @Option(names = "--name", description = "Unique name (made up when missing).") @Nullable String name,
            @Option(names = "--template", description = "Name of the template (the default one when missing).")
                    @Nullable
                    String template)
            throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            String workspace = domain.workspace().id();
            Optional<Template> found = template == null
                    ? domain.store().templates().defaultOf(workspace)
                    : domain.store().templates().byName(workspace, template);
            if (found.isEmpty()) {
                return failed("there is no template " + template);
            }
            String roomName = name == null ? domain.ids().uuid() : name;
            Outcome<Room> made = domain.rooms()
                    .create(workspace, RoomChange.named(roomName, found.get().id()));
            return switch (made) {
                case Outcome.Done<Room>(Room room) -> {
                    domain.roomCodes().createForAllRoles(workspace, room.id());
                    yield show(domain, room);
                }
                case Outcome.Failed<Room>(var failure) -> failed(failure.message() + " " + failure.details());
            };
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "List rooms, newest first.")
    int list() throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            Page<Room> page = domain.rooms()
                    .list(
                            domain.workspace().id(),
                            new RoomRepository.Filter(null, null, null, null, null),
                            new Page.Request(MOST_LISTED, null));
            for (Room room : page.data()) {
                environment
                        .out()
                        .printf("%s  %-8s %s%n", room.id(), room.enabled() ? "enabled" : "disabled", room.name());
            }
            return ExitCode.OK;
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Show a room and its codes.")
    int show(@Parameters(paramLabel = "ID", description = "Room id.") String id) throws IOException {
        try (Domain domain = Domain.open(flags.settings(environment.variables()))) {
            return switch (domain.rooms().get(domain.workspace().id(), id)) {
                case Outcome.Done<Room>(Room room) -> show(domain, room);
                case Outcome.Failed<Room>(var failure) -> failed(failure.message());
            };
        }
    }

    private int show(Domain domain, Room room) {
        environment.out().println(room.id() + "  " + room.name());
        List<RoomCode> codes = domain.store().roomCodes().ofRoom(room.id());
        for (RoomCode code : codes) {
            environment.out().printf("  %-22s %s%s%n", code.role(), code.code(), code.enabled() ? "" : " (disabled)");
        }
        return ExitCode.OK;
    }

    private int failed(String message) {
        environment.err().println("stoa: " + message);
        return ExitCode.FAILED;
    }
}
