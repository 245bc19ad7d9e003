package dev.stoa.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// [Soak] for a quarter of an hour.
@Command(name = "soak", mixinStandardHelpOptions = true, description = "Lets guests come and go and looks for leaks.")
public final class SoakBench implements Callable<Integer> {
    private static final int CYCLE_SECONDS = 30;
    private static final int JOINS_PER_SECOND = 5;
    private static final int WARM_AT = 2;
    private static final Soak.Limits LIMITS = new Soak.Limits(16e6, 8e6, 64e6, 5, 10);

    @Mixin
    private Target target = new Target();

    @Option(names = "--minutes", defaultValue = "15", description = "How long (15).")
    private double minutes = 15;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SoakBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(Soak.FLAGS);
        flags.addAll(target.flags());
        try (Stage stage = Stage.open(target.launch(Soak.JAVA_OPTIONS), target.work("soak"), flags)) {
            Soak soak = new Soak(stage, JOINS_PER_SECOND);
            System.out.println(Soak.HEAD);
            long end = System.nanoTime() + (long) (minutes * 60e9);
            int cycles = 0;
            while (System.nanoTime() < end || cycles <= WARM_AT + 1) {
                System.out.println(soak.cycle(CYCLE_SECONDS).row());
                cycles++;
            }
            return judge(stage, soak.grown(WARM_AT, LIMITS));
        }
    }

    private static int judge(Stage stage, List<String> grown) {
        System.out.println();
        grown.forEach(what -> System.out.println("- FAILED: " + what));
        if (stage.crowd().failed() > 0) {
            System.out.println("- FAILED: " + stage.crowd().failed() + " guests, first "
                    + stage.crowd().firstFailure());
        }
        if (!grown.isEmpty() || stage.crowd().failed() > 0) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        System.out.println("- Nothing grew since sample " + (WARM_AT + 1) + " beyond its limit: " + LIMITS);
        return CommandLine.ExitCode.OK;
    }
}
