package dev.stoa.media.races;

import dev.stoa.media.sfu.relay.RecordRing;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// The way workers wake each other: a writer publishes and then looks whether the reader sleeps, a reader says that it
/// sleeps and then looks whether something was published. They must not miss each other.
@JCStressTest
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "Sleeps on a record, and nobody wakes it.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "At least one saw the other.")
@State
public class NoLostWakeup {
    private final RecordRing ring = new RecordRing(64);
    private final AtomicBoolean sleeping = new AtomicBoolean();

    @Actor
    public void write(ZZ_Result result) {
        ring.writer().claim(1, 8);
        ring.writer().commit();
        VarHandle.fullFence();
        result.r1 = sleeping.compareAndSet(true, false);
    }

    @Actor
    public void read(ZZ_Result result) {
        sleeping.set(true);
        result.r2 = ring.reader().isEmpty();
    }
}
