package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.Message;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.RoomView;
import dev.stoa.signal.json.NoticeWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What goes to many is written once.
class SharedNoticesTest {
    private final SharedNotices notices = new SharedNotices(new NoticeWriter(SignalJson.mapper()));

    private static PeerNotice chat(String text) {
        return new PeerNotice.MessageReceived(new Message("m", 1, "chat", text, false, List.of(), null));
    }

    @Test
    void allReceiversOfOneNoticeShareItsBytes() {
        PeerNotice full = chat("full");
        PeerNotice bare = chat("bare");
        byte[] first = notices.bytes(full);

        assertThat(notices.bytes(bare)).isNotSameAs(first);
        assertThat(notices.bytes(full)).isSameAs(first);
    }

    @Test
    void anEqualNoticeIsAnotherOne() {
        byte[] first = notices.bytes(chat("x"));

        assertThat(notices.bytes(chat("x"))).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void whatIsForgottenIsWrittenAgain() {
        PeerNotice old = chat("old");
        byte[] first = notices.bytes(old);
        for (int i = 0; i < 10; i++) {
            assertThat(new String(notices.bytes(chat("n" + i)), StandardCharsets.UTF_8))
                    .contains("n" + i);
        }

        assertThat(notices.bytes(old)).isNotSameAs(first).isEqualTo(first);
    }

    /// RFC 8259 §8.2: escapes can make half a character, which UTF-8 cannot hold.
    @Test
    void halfACharacterBecomesAQuestionMark() {
        assertThat(new String(notices.bytes(chat("a\ud800b")), StandardCharsets.UTF_8))
                .contains("\"a?b\"");
    }

    @Test
    void aNameWithHalfACharacterDoesNotSpoilTheListOfPeers() {
        RoomView room = new RoomView("r", "name", "", "s", 1, 10, false);
        PeerView peer = new PeerView("p", "host", "a\ud800b", "", "u", List.of(), 1, List.of());

        assertThat(new String(notices.bytes(new PeerNotice.PeerList(room, List.of(peer))), StandardCharsets.UTF_8))
                .contains("\"a?b\"");
    }
}
