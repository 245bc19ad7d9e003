package dev.stoa.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/// Applies the `log-level` setting to our own loggers; libraries stay at warnings.
public final class LogSetup {
    private LogSetup() {}

    public static void apply(String level) {
        if (LoggerFactory.getLogger("dev.stoa") instanceof Logger ours) {
            ours.setLevel(Level.toLevel(level, Level.INFO));
        }
    }
}
