package dev.stoa.app.cli;

import java.io.PrintStream;
import java.util.Map;

/// What commands see of the process around them.
public record Environment(Map<String, String> variables, PasswordPrompt passwords, PrintStream out, PrintStream err) {}
