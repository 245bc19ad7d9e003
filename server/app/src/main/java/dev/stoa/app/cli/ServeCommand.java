package dev.stoa.app.cli;

import dev.stoa.app.Links;
import dev.stoa.app.LogSetup;
import dev.stoa.app.StoaServer;
import dev.stoa.app.settings.BadSettingException;
import dev.stoa.app.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs the server until SIGTERM or SIGINT.
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Run the server.")
final class ServeCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings;
        StoaServer server;
        try {
            settings = flags.settings(environment.variables());
            LogSetup.apply(settings.logLevel());
            server = StoaServer.start(settings);
        } catch (BadSettingException bad) {
            environment.err().println("stoa: " + bad.getMessage());
            return ExitCode.BAD_SETTINGS;
        } catch (IOException | RuntimeException failed) {
            environment.err().println("stoa: cannot start: " + StartFailure.explain(failed));
            return ExitCode.BAD_SETTINGS;
        }
        closeOnSignal(server, environment.err());
        String base = settings.publicUrl() == null ? "http://localhost:" + server.port() : settings.publicUrl();
        Links.print(environment.out(), base, settings.data(), server.domain());
        environment.out().println("ready " + base);
        environment.out().flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /// The JVM would end with 143 after SIGTERM; halting from the hook makes a clean end visible as 0.
    private static void closeOnSignal(StoaServer server, PrintStream err) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            int status = ExitCode.OK;
                            try {
                                server.close();
                            } catch (RuntimeException failed) {
                                err.println("stoa: did not end cleanly: " + StartFailure.explain(failed));
                                status = ExitCode.FAILED;
                            }
                            Runtime.getRuntime().halt(status);
                        },
                        "shutdown"));
    }
}
