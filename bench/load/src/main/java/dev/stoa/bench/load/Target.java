package dev.stoa.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Flags that say which server is measured, and where.
public final class Target {
    @Option(names = "--stoa", required = true, description = "The launcher.")
    private Path stoa = Path.of("stoa");

    @Option(names = "--work", required = true, description = "Directory for data and logs.")
    private Path work = Path.of(".");

    @Option(names = "--namespace", description = "Network namespace of the server.")
    private String namespace = "";

    @Option(names = "--address", description = "The server's address.")
    private String address = "127.0.0.1";

    @Option(names = "--java-option", description = "Another option of the server's JVM; repeatable.")
    private List<String> javaOptions = new ArrayList<>();

    @Option(names = "--flag", description = "Another flag of the server; repeatable.")
    private List<String> flags = new ArrayList<>();

    /// @param more options of the server's JVM
    public MeasuredServer.Launch launch(List<String> more) {
        List<String> options = new ArrayList<>(more);
        options.addAll(javaOptions);
        return new MeasuredServer.Launch(List.of(stoa.toString()), prefix(), address, "STOA_JAVA_OPTS", options);
    }

    /// What runs a command where the server is.
    public List<String> prefix() {
        return namespace.isEmpty() ? List.of() : List.of("ip", "netns", "exec", namespace);
    }

    public String address() {
        return address;
    }

    public List<String> flags() {
        return flags;
    }

    public Path work(String of) {
        return work.resolve(of);
    }
}
