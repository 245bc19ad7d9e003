package dev.stoa.media.races;

import dev.stoa.media.sfu.relay.RecordRing;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A small ring that is filled again and again: nothing is overwritten before it was read, order is kept.
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Whole and in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Overwritten, or out of order.")
@State
public class ReusedSpace {
    private static final int ROUNDS = 12;
    private final RecordRing ring = new RecordRing(64);

    @Actor
    public void write() {
        RecordRing.Writer out = ring.writer();
        for (int i = 1; i <= ROUNDS; i++) {
            long at = out.claim(i, 8);
            if (at >= 0) {
                out.slab().set(ValueLayout.JAVA_LONG, at, i);
                out.commit();
            }
        }
    }

    @Actor
    public void read(I_Result result) {
        RecordRing.Reader in = ring.reader();
        long last = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (in.next()) {
                long value = in.slab().get(ValueLayout.JAVA_LONG, in.offset());
                if (value != in.kind() || value <= last) {
                    result.r1++;
                }
                last = value;
            }
        }
        in.free();
    }
}
