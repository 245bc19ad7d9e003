package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.util.random.RandomGenerator;

/// What everything on one worker shares. The views are scratch: valid until the next use by anyone.
///
/// @param rtcp writer for whoever makes a compound
/// @param kept view of a packet in a ring
/// @param deadline when the worker has to look at its timers next
record WorkerContext(
        SfuSettings settings,
        DatagramOut out,
        SfuListener events,
        SfuCounters counters,
        RandomGenerator random,
        RtcpWriter rtcp,
        RtpPacket kept,
        FeedbackReader feedback,
        RemoteBindings bindings,
        Deadline deadline,
        Burst burst) {}
