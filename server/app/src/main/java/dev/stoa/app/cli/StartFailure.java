package dev.stoa.app.cli;

import java.net.BindException;

/// Turns what went wrong at the start into one line for the operator.
final class StartFailure {
    private StartFailure() {}

    static String explain(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "the HTTP port is taken or not permitted; choose another with --port";
            }
        }
        String message = failed.getMessage();
        return message == null
                ? failed.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
