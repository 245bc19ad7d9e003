package dev.stoa.media.io;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sfu.PathListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which worker a datagram is for when all share one port: connectivity checks by the user name, everything else by the
/// address a check has proved. Thread-safe; looking up an address allocates nothing.
final class Owners {
    static final int NOBODY = -1;

    private final Map<String, Integer> byUfrag = new ConcurrentHashMap<>();
    private final Map<Remote, Integer> byRemote = new ConcurrentHashMap<>();

    void known(String ufrag, int worker) {
        byUfrag.put(ufrag, worker);
    }

    void forget(String ufrag) {
        byUfrag.remove(ufrag);
    }

    /// The ear for the paths of one worker.
    PathListener paths(int worker) {
        return new PathListener() {
            @Override
            public void bound(Remote remote) {
                byRemote.put(remote, worker);
            }

            @Override
            public void unbound(Remote remote) {
                // The address may belong to another worker's transport by now: browsers reuse ports.
                byRemote.remove(remote, worker);
            }
        };
    }

    int ofUfrag(String ufrag) {
        Integer worker = byUfrag.get(ufrag);
        return worker == null ? NOBODY : worker;
    }

    int ofRemote(Remote remote) {
        Integer worker = byRemote.get(remote);
        return worker == null ? NOBODY : worker;
    }
}
