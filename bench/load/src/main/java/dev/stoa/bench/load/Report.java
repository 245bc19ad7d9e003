package dev.stoa.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What comes out: one table, and sentences.
final class Report {
    private final List<String> notes = new ArrayList<>();
    private final String label;
    private int failures;

    /// @param label put before the name of each row
    Report(String label) {
        this.label = label;
        System.out.print(Measured.HEAD);
    }

    void row(String what, Measured measured) {
        System.out.print(measured.row(label + what));
        System.out.flush();
    }

    void note(String format, Object... values) {
        notes.add(label + String.format(Locale.ROOT, format, values));
    }

    /// Something did not work at all, whatever the figures.
    void fail(String what) {
        failures++;
        notes.add("FAILED: " + label + what);
    }

    int failures() {
        return failures;
    }

    void printNotes() {
        System.out.println();
        notes.forEach(note -> System.out.println("- " + note));
    }
}
