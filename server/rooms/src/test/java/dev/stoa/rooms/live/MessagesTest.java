package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `broadcast`: protocol section 2.5.
class MessagesTest {
    private final TestRoom room = new TestRoom();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");
    private final Client viewer = room.join("viewer", "viewer");

    private CommandResult say(Client sender, String text, List<String> roles, String peer) {
        return sender.send(new PeerCommand.Broadcast("chat", text, roles, peer));
    }

    @Test
    void everybodyButTheSenderGetsIt() {
        CommandResult result = say(host, "hello", List.of(), null);

        Message message = guest.last(PeerNotice.MessageReceived.class).message();
        assertThat(result).isEqualTo(new CommandResult.Sent(message.messageId(), room.nowMs));
        assertThat(viewer.last(PeerNotice.MessageReceived.class).message()).isEqualTo(message);
        assertThat(message.direct()).isFalse();
        assertThat(message.sender().peerId()).isEqualTo("host");
        assertThat(host.notices(PeerNotice.MessageReceived.class)).isEmpty();
    }

    /// With thousands inside, writing it for each costs more than sending it.
    @Test
    void allReceiversShareOneNotice() {
        say(host, "hello", List.of(), null);

        assertThat(guest.last(PeerNotice.MessageReceived.class))
                .isSameAs(viewer.last(PeerNotice.MessageReceived.class));
    }

    @Test
    void aRoleMessageReachesTheRoles() {
        say(host, "hello", List.of("viewer", "host"), null);

        assertThat(guest.notices(PeerNotice.MessageReceived.class)).isEmpty();
        assertThat(host.notices(PeerNotice.MessageReceived.class)).isEmpty();
        assertThat(viewer.last(PeerNotice.MessageReceived.class).message().roles())
                .containsExactly("viewer", "host");
    }

    @Test
    void aDirectMessageReachesOnePeerAndIsMarked() {
        say(host, "psst", List.of(), "guest");

        assertThat(guest.last(PeerNotice.MessageReceived.class).message().direct())
                .isTrue();
        assertThat(viewer.notices(PeerNotice.MessageReceived.class)).isEmpty();
    }

    @Test
    void aMessageToOneselfIsNotEchoed() {
        assertThat(say(host, "note", List.of(), "host")).isInstanceOf(CommandResult.Sent.class);
        assertThat(host.notices(PeerNotice.MessageReceived.class)).isEmpty();
    }

    @Test
    void anUnknownReceiverIs404() {
        assertThat(say(host, "hello", List.of(), "nobody"))
                .isEqualTo(new CommandResult.Refused(404, "no such peer in the room"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n\t"})
    void blankTextIsRefused(String text) {
        assertThat(say(host, text, List.of(), null)).isInstanceOf(CommandResult.Refused.class);
    }

    @Test
    void theLimitIsFourKilobytesOfUtf8() {
        assertThat(say(host, "ü".repeat(2048), List.of(), null)).isInstanceOf(CommandResult.Sent.class);
        assertThat(say(host, "ü".repeat(2048) + "x", List.of(), null))
                .isEqualTo(new CommandResult.Refused(400, "the message is longer than 4 KB"));
    }
}
