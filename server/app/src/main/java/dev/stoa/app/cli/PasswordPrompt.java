package dev.stoa.app.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where passwords come from, since command lines are seen by others.
@FunctionalInterface
public interface PasswordPrompt {
    /// Empty when there is none.
    Optional<String> ask(String prompt) throws IOException;

    /// From the terminal without showing it; else the first line of standard input.
    static Optional<String> ofProcess(String prompt) throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("%s: ", prompt);
            return typed == null ? Optional.empty() : Optional.of(new String(typed));
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return Optional.ofNullable(in.readLine());
    }
}
