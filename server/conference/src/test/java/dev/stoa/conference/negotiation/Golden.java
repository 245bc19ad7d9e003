package dev.stoa.conference.negotiation;

import dev.stoa.media.wire.sdp.SdpParser;
import dev.stoa.media.wire.sdp.SdpResult;
import dev.stoa.media.wire.sdp.SessionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Descriptions of real browsers, from `protocol/golden/sdp`.
public final class Golden {
    private static final Path FOLDER = Path.of("..", "..", "protocol", "golden", "sdp");

    private Golden() {}

    public static String sdp(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".sdp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SessionDescription parse(String sdp) {
        return switch (SdpParser.parse(sdp)) {
            case SdpResult.Parsed(SessionDescription description) -> description;
            case SdpResult.Malformed(String reason) -> throw new AssertionError(reason + "\n" + sdp);
        };
    }
}
