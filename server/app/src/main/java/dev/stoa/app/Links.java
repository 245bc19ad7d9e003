package dev.stoa.app;

import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.template.StockTemplates;
import java.io.PrintStream;
import java.nio.file.Path;

/// Prints what a person wants to open first.
public final class Links {
    private Links() {}

    public static void print(PrintStream out, String base, Path data, Domain domain) {
        out.println();
        for (StockTemplates.DemoRoom demo : domain.demoRooms()) {
            out.println(demo.room().name());
            for (RoomCode code : demo.codes()) {
                out.printf("  %-22s %s/preview/%s%n", code.role(), base, code.code());
            }
        }
        out.println();
        out.println("keys for the API: " + data.resolve("keys.conf"));
        out.println();
    }
}
