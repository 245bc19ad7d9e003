package dev.stoa.bench;

import java.io.IOException;
import java.util.Arrays;

/// [PeerPattern] in a process of its own.
///
/// Argument: how many subscribers. Says `ready <port>`; the first line of its input names the subscribers' ports, for
/// the load opens them once it knows ours. Ends with its input.
final class YardstickChild {
    private YardstickChild() {}

    static void run(int subscribers) throws IOException {
        PeerPattern pattern = new PeerPattern(subscribers);
        Child.ready(pattern.port());
        Child.untilInputEnds(line -> {
            if (!line.startsWith("ports ")) {
                return "forwarded " + pattern.forwarded();
            }
            pattern.start(Arrays.stream(line.substring("ports ".length()).split(" "))
                    .mapToInt(Integer::parseInt)
                    .toArray());
            return "started";
        });
    }
}
