package dev.stoa.rooms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.Reporter;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.statistics.StreamSeries;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store has to do with statistics; part of [RepositoryContract].
public interface StatisticsContract {
    Repositories store();

    private static PeerStatistics piece(String peer, Reporter reporter, long fromMs) {
        StreamSample first = StreamSample.at(fromMs)
                .withBitrate(1_500_000)
                .withLoss(1.25)
                .withRtt(40.5)
                .withJitter(3)
                .withFps(29.97)
                .withLayer("medium", "bandwidth");
        StreamSample second = StreamSample.at(fromMs + 10_000).withGaps(2, 480);
        return new PeerStatistics(
                RepositoryContract.id(61),
                peer,
                reporter,
                fromMs,
                List.of(
                        new StreamSeries(
                                StreamId.published(StreamId.Kind.VIDEO, "cam-\u00e4'\"", true, "f"),
                                List.of(first, second)),
                        new StreamSeries(StreamId.connection(), List.of(StreamSample.at(fromMs)))));
    }

    @Test
    default void statisticsComeBackAsTheyWentByPeerAndTime() {
        RepositoryContract.saveSession(store());
        PeerStatistics early = piece("peer-1", Reporter.SERVER, 1_000);
        PeerStatistics late = piece("peer-1", Reporter.SERVER, 61_000);
        PeerStatistics told = piece("peer-1", Reporter.CLIENT, 61_000);
        store().statistics().save(late);
        store().statistics().save(told);
        store().statistics().save(early);
        store().statistics().save(piece("peer-2", Reporter.SERVER, 1_000));

        assertThat(store().statistics().of(RepositoryContract.id(61), "peer-1")).containsExactly(early, late, told);
        assertThat(store().statistics().of(RepositoryContract.id(62), "peer-1")).isEmpty();
    }

    @Test
    default void aPieceOfStatisticsSavedAgainReplacesItselfAndOldOnesGo() {
        RepositoryContract.saveSession(store());
        store().statistics().save(piece("peer-1", Reporter.SERVER, 1_000));
        PeerStatistics changed =
                new PeerStatistics(RepositoryContract.id(61), "peer-1", Reporter.SERVER, 1_000, List.of());
        store().statistics().save(changed);
        store().statistics().save(piece("peer-1", Reporter.SERVER, 61_000));
        assertThat(store().statistics().of(RepositoryContract.id(61), "peer-1"))
                .containsExactly(changed, piece("peer-1", Reporter.SERVER, 61_000));

        assertThat(store().statistics().deleteBefore(Instant.ofEpochMilli(61_000), 100))
                .isEqualTo(1);
        assertThat(store().statistics().of(RepositoryContract.id(61), "peer-1"))
                .containsExactly(piece("peer-1", Reporter.SERVER, 61_000));
    }
}
