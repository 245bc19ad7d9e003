package dev.stoa.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MailboxTest {
    @Test
    void tasksOfManyPostersRunOneAtATimeInEachPostersOrder() throws Exception {
        Mailbox mailbox = new Mailbox("test", Integer.MAX_VALUE);
        int posters = 4;
        int each = 2_000;
        List<List<Integer>> seen = new ArrayList<>();
        for (int i = 0; i < posters; i++) {
            seen.add(new ArrayList<>());
        }
        int[] inside = new int[1];
        CountDownLatch done = new CountDownLatch(posters * each);
        for (int poster = 0; poster < posters; poster++) {
            List<Integer> own = seen.get(poster);
            Thread.ofVirtual().start(() -> {
                for (int n = 0; n < each; n++) {
                    int number = n;
                    mailbox.post(() -> {
                        inside[0]++;
                        own.add(inside[0] == 1 ? number : -1);
                        inside[0]--;
                        done.countDown();
                    });
                }
            });
        }

        assertThat(done.await(15, TimeUnit.SECONDS)).isTrue();
        seen.forEach(own -> assertThat(own).isSorted().hasSize(each).doesNotContain(-1));
    }

    @Test
    void aFullMailboxRefusesAllButTasksThatMustNotBeLost() throws Exception {
        Mailbox mailbox = new Mailbox("test", 2);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        mailbox.post(() -> awaitQuietly(gate));
        mailbox.post(() -> {});

        assertThat(mailbox.post(() -> {})).isEqualTo(Mailbox.Post.FULL);
        assertThat(mailbox.postAlways(last::countDown)).isEqualTo(Mailbox.Post.TAKEN);

        gate.countDown();
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() throws Exception {
        Mailbox mailbox = new Mailbox("test", 10);
        CountDownLatch next = new CountDownLatch(1);

        mailbox.post(() -> {
            throw new IllegalStateException("on purpose");
        });
        mailbox.post(next::countDown);

        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itClosesOnlyWhenNothingElseWaits() throws Exception {
        Mailbox mailbox = new Mailbox("test", 10);
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Boolean> early = new CompletableFuture<>();
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        mailbox.post(() -> {
            awaitQuietly(gate);
            early.complete(mailbox.closeIfIdle());
        });
        mailbox.post(() -> late.complete(mailbox.closeIfIdle()));
        gate.countDown();

        assertThat(early.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(late.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(mailbox.post(() -> {})).isEqualTo(Mailbox.Post.CLOSED);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
