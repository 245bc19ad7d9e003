package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SimulcastLayer;
import dev.stoa.rooms.template.SimulcastParams;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Protocol section 4.7: which encodings a role lets a track have.
class PublishRightsTest {
    private static final SimulcastParams THREE = new SimulcastParams(
            new SimulcastParams.Layers(List.of(
                    new SimulcastLayer("f", 1, 700, 30),
                    new SimulcastLayer("h", 2, 250, 30),
                    new SimulcastLayer("q", 4, 100, 15))),
            new SimulcastParams.Layers(List.of(new SimulcastLayer("f", 1, 700, 30))));

    private static Role role(@Nullable SimulcastParams simulcast) {
        Role plain = Rooms.role("host", List.of("audio", "video", "screen"), List.of(), 0, false);
        PublishParams publish = plain.publishParams();
        return new Role(
                plain.name(),
                new PublishParams(publish.allowed(), publish.audio(), publish.video(), publish.screen(), simulcast),
                plain.subscribeParams(),
                plain.permissions(),
                plain.priority(),
                plain.maxPeerCount());
    }

    @Test
    void aCameraHasTheLayersOfItsRole() {
        assertThat(PublishRights.rids(role(THREE), Rooms.track("t", "video", "regular")))
                .containsExactly("f", "h", "q");
    }

    @ParameterizedTest
    @CsvSource({"video, screen", "video, videoplaylist", "audio, regular", "audio, screen"})
    void everythingElseHasOneEncoding(String type, String source) {
        assertThat(PublishRights.rids(role(THREE), Rooms.track("t", type, source)))
                .isEmpty();
    }

    @Test
    void aRoleWithoutLayersHasOneEncoding() {
        assertThat(PublishRights.rids(role(null), Rooms.track("t", "video", "regular")))
                .isEmpty();
        assertThat(PublishRights.rids(
                        role(new SimulcastParams(new SimulcastParams.Layers(null), null)),
                        Rooms.track("t", "video", "regular")))
                .isEmpty();
    }
}
