package dev.stoa.conference;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one at a time, in order, on a virtual thread that exists while there is something to do.
///
/// [#post] is lock-free, so that media workers may call it. A task that throws is logged; the next one runs.
final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final int CLOSED = Integer.MIN_VALUE;

    private final String name;
    private final int capacity;
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /// Tasks waiting or running, or [#CLOSED].
    private final AtomicInteger pending = new AtomicInteger();

    enum Post {
        TAKEN,
        FULL,
        CLOSED
    }

    /// @param capacity most tasks waiting; [#postAlways] is not held by it
    Mailbox(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    Post post(Runnable task) {
        return post(task, capacity);
    }

    /// For what may be dropped: leaves half of the places to the rest.
    Post postIfCalm(Runnable task) {
        return post(task, capacity / 2);
    }

    /// For the few tasks per connection that must not be lost.
    Post postAlways(Runnable task) {
        return post(task, Integer.MAX_VALUE);
    }

    private Post post(Runnable task, int limit) {
        while (true) {
            int waiting = pending.get();
            if (waiting == CLOSED) {
                return Post.CLOSED;
            }
            if (waiting >= limit) {
                return Post.FULL;
            }
            if (pending.compareAndSet(waiting, waiting + 1)) {
                queue.add(task);
                if (waiting == 0) {
                    Thread.ofVirtual().name(name).start(this::run);
                }
                return Post.TAKEN;
            }
        }
    }

    private void run() {
        do {
            Runnable task = queue.poll();
            // A poster counts before it adds: the task is a moment away.
            while (task == null) {
                Thread.onSpinWait();
                task = queue.poll();
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("a task of {} failed", name, e);
            }
        } while (pending.get() != CLOSED && pending.decrementAndGet() > 0);
    }

    /// Called by a running task: closes the mailbox unless another task waits. A closed one takes no tasks.
    boolean closeIfIdle() {
        return pending.compareAndSet(1, CLOSED);
    }
}
