package dev.stoa.media.io;

import dev.stoa.media.sfu.relay.RecordRing;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// The other workers as one worker sees them: whom to wake after a turn. Owned by the worker's thread.
final class Neighbours {
    private record Neighbour(MediaWorker worker, RecordRing.Writer out) {}

    private final List<Neighbour> neighbours = new ArrayList<>();

    /// Before the thread starts.
    void add(MediaWorker worker, RecordRing.Writer out) {
        neighbours.add(new Neighbour(worker, out));
    }

    /// Wakes those who sleep and have been handed something since the last call.
    void wake() {
        for (int i = 0; i < neighbours.size(); i++) {
            Neighbour neighbour = neighbours.get(i);
            if (neighbour.out().takeFresh()) {
                // The records must be visible before it is looked whether their reader sleeps.
                VarHandle.fullFence();
                neighbour.worker().wakeIfSleeping();
            }
        }
    }
}
