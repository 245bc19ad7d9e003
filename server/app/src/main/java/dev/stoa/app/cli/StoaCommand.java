package dev.stoa.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `stoa` command with its subcommands.
@Command(
        name = "stoa",
        mixinStandardHelpOptions = true,
        version = "stoa 0.1.0",
        description = "Live video rooms you run yourself.")
public final class StoaCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private StoaCommand() {}

    /// Runs one command line and returns the exit status: 0 done, 1 failed, 2 bad settings or usage.
    public static int run(Environment environment, String... args) {
        CommandLine line = new CommandLine(new StoaCommand());
        line.addSubcommand(new ServeCommand(environment));
        line.addSubcommand(new TokenCommand(environment));
        line.addSubcommand(new KeyCommand(environment));
        line.addSubcommand(new UserCommand(environment));
        line.addSubcommand(new RoomCommand(environment));
        line.addSubcommand(new BackupCommand(environment));
        line.addSubcommand(new DoctorCommand(environment));
        line.setOut(new PrintWriter(environment.out(), true));
        line.setErr(new PrintWriter(environment.err(), true));
        line.setParameterExceptionHandler((wrong, ignored) -> {
            environment.err().println("stoa: " + wrong.getMessage());
            return ExitCode.BAD_SETTINGS;
        });
        line.setExecutionExceptionHandler((failed, ignored, parsed) -> {
            environment.err().println("stoa: " + StartFailure.explain(failed));
            return ExitCode.FAILED;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: serve, token, key, user, room, backup or doctor");
    }
}
