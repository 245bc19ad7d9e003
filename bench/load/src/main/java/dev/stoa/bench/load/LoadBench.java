package dev.stoa.bench.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the scenarios, one server after the other, and prints what was measured.
@Command(name = "load", mixinStandardHelpOptions = true, description = "Loads a Stoa server and measures it.")
public final class LoadBench implements Callable<Integer> {
    @Option(names = "--only", split = ",", description = "Scenarios to run; all when missing.")
    private List<String> only = List.of();

    @Mixin
    private Target target = new Target();

    @Option(names = "--label", description = "Put before the name of each row.")
    private String label = "";

    @Option(names = "--scale", description = "Share of the people, for small machines.")
    private double scale = 1;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadBench()).execute(args));
    }

    @FunctionalInterface
    private interface Scenario {
        void run(Stage stage, Report report) throws IOException, InterruptedException;
    }

    private Map<String, Scenario> scenarios() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("ramp", Scenarios::ramp);
        all.put("webinar", (stage, report) -> Scenarios.webinar(stage, report, scaled(500)));
        all.put("meeting", (stage, report) -> Scenarios.meeting(stage, report, scaled(20)));
        all.put("voices", (stage, report) -> Scenarios.voices(stage, report, 10, scaled(1_000)));
        all.put("rooms", (stage, report) -> Scenarios.rooms(stage, report, scaled(50), 4));
        all.put("churn", (stage, report) -> Arriving.churn(stage, report, scaled(60)));
        all.put("join", (stage, report) -> Arriving.join(stage, report, scaled(1_000)));
        all.put("idle", (stage, report) -> Arriving.idle(stage, report, scaled(1_000)));
        return all;
    }

    private int scaled(int count) {
        return Math.max(2, (int) Math.round(count * scale));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Scenario> all = scenarios();
        if (!all.keySet().containsAll(only)) {
            System.err.println("load: scenarios are " + String.join(", ", all.keySet()));
            return CommandLine.ExitCode.USAGE;
        }
        Report report = new Report(label);
        for (Map.Entry<String, Scenario> entry : all.entrySet()) {
            if (only.isEmpty() || only.contains(entry.getKey())) {
                run(entry.getKey(), entry.getValue(), report);
            }
        }
        report.printNotes();
        return report.failures() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /// What fails is told, and the next scenario runs all the same.
    private void run(String name, Scenario scenario, Report report) throws InterruptedException {
        try (Stage stage = Stage.open(launch(name), target.work(name), target.flags())) {
            scenario.run(stage, report);
            if (stage.crowd().failed() > 0) {
                report.fail(name + ": " + stage.crowd().failed() + " times, first "
                        + stage.crowd().firstFailure());
            }
        } catch (IOException | RuntimeException | AssertionError broken) {
            report.fail(name + ": " + broken);
        }
    }

    private MeasuredServer.Launch launch(String scenario) {
        return target.launch(scenario.equals("idle") ? List.of("-XX:NativeMemoryTracking=summary") : List.of());
    }
}
