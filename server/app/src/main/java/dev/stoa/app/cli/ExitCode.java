package dev.stoa.app.cli;

/// Exit statuses of `stoa`, part of its outside contract.
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_SETTINGS = 2;

    private ExitCode() {}
}
