package dev.stoa.signal;

import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.signal.json.NoticeWriter;
import org.jspecify.annotations.Nullable;

/// Notices as the bytes of their messages. One that goes to many is written once: a room hands the same object to each
/// receiver in turn, at most a few objects in turns, always on its own thread. Thread-safe.
final class SharedNotices {
    private static final int KEPT = 4;

    private final NoticeWriter writer;
    private final ThreadLocal<Recent> recent = ThreadLocal.withInitial(Recent::new);

    SharedNotices(NoticeWriter writer) {
        this.writer = writer;
    }

    private static final class Recent {
        final @Nullable PeerNotice[] notices = new @Nullable PeerNotice[KEPT];
        final byte[][] texts = new byte[KEPT][];
        int next;
    }

    /// Not to be changed by the caller.
    byte[] bytes(PeerNotice notice) {
        Recent known = recent.get();
        for (int i = 0; i < KEPT; i++) {
            // The same object, not an equal one: comparing contents would cost more than it saves.
            if (known.notices[i] == notice) {
                return known.texts[i];
            }
        }
        byte[] text = writer.bytes(notice);
        known.notices[known.next] = notice;
        known.texts[known.next] = text;
        known.next = (known.next + 1) % KEPT;
        return text;
    }
}
