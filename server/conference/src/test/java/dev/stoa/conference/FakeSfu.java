package dev.stoa.conference;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.TransportId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A media server that only remembers what it was asked. Thread-safe.
public final class FakeSfu implements Sfu {
    public static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AB:CD:EF");

    public final List<SfuCommand> commands = new CopyOnWriteArrayList<>();
    public volatile boolean full;

    @Override
    public boolean submit(SfuCommand command) {
        return !full && commands.add(command);
    }

    @Override
    public List<LocalCandidate> place(TransportId transport, String room, Purpose purpose) {
        return List.of(
                new LocalCandidate("192.0.2.1", 7882, false),
                new LocalCandidate("2001:db8::1", 7882, false),
                new LocalCandidate("192.0.2.1", 7882, true));
    }

    @Override
    public Fingerprint fingerprint() {
        return FINGERPRINT;
    }

    public <T extends SfuCommand> List<T> of(Class<T> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <T extends SfuCommand> T last(Class<T> type) {
        return of(type).getLast();
    }
}
