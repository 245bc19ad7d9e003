package dev.stoa.media.races;

import dev.stoa.media.sfu.relay.RecordRing;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/// A reader that sees a record sees all of it, the slab made with it included.
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Not there yet.")
@Outcome(id = "7, 42", expect = Expect.ACCEPTABLE, desc = "Whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A part of it.")
@State
public class WholeRecord {
    private final RecordRing ring = new RecordRing(64);

    @Actor
    public void write() {
        long at = ring.writer().claim(7, 8);
        ring.writer().slab().set(ValueLayout.JAVA_LONG, at, 42);
        ring.writer().commit();
    }

    @Actor
    public void read(IJ_Result result) {
        RecordRing.Reader in = ring.reader();
        if (in.next()) {
            result.r1 = in.kind();
            result.r2 = in.slab().get(ValueLayout.JAVA_LONG, in.offset());
        }
    }
}
