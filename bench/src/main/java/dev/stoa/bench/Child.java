package dev.stoa.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// The measured process's end of its pipes.
final class Child {
    private Child() {}

    static void ready(int port) {
        say("ready " + port);
    }

    /// Answers each line with one line.
    static void untilInputEnds(UnaryOperator<String> answer) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(answer.apply(line));
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
