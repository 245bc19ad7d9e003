package dev.stoa.app;

import dev.stoa.app.cli.Environment;
import dev.stoa.app.cli.PasswordPrompt;
import dev.stoa.app.cli.StoaCommand;

/// Entry point of `./stoa`.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(StoaCommand.run(
                new Environment(System.getenv(), PasswordPrompt::ofProcess, System.out, System.err), args));
    }
}
