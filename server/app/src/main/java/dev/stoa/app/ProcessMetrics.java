package dev.stoa.app;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.stoa.app.http.Metrics;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// What the JVM and the operating system say of this process, by the names Prometheus' own instrumentation gives them.
final class ProcessMetrics {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();
    private static final java.lang.management.ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<BufferPoolMXBean> BUFFERS = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private ProcessMetrics() {}

    static void add(Metrics metrics) {
        metrics.gauge(
                "jvm_memory_heap_used_bytes",
                "Heap in use, garbage included.",
                () -> MEMORY.getHeapMemoryUsage().getUsed());
        metrics.gauge(
                "jvm_memory_nonheap_used_bytes",
                "Class data and compiled code.",
                () -> MEMORY.getNonHeapMemoryUsage().getUsed());
        metrics.gauges(
                "jvm_buffer_pool_used_bytes",
                "Memory outside the heap behind buffers, by pool.",
                "pool",
                () -> BUFFERS.stream()
                        .collect(Collectors.toMap(BufferPoolMXBean::getName, BufferPoolMXBean::getMemoryUsed)));
        metrics.gauge("jvm_threads_current", "Platform threads.", THREADS::getThreadCount);
        collections(metrics);
        if (THREADS instanceof ThreadMXBean threads) {
            metrics.counter(
                    "jvm_allocated_bytes",
                    "Bytes allocated in the heap since the start.",
                    threads::getTotalThreadAllocatedBytes);
        }
        if (SYSTEM instanceof UnixOperatingSystemMXBean unix) {
            metrics.gauge("process_open_fds", "Open file descriptors.", unix::getOpenFileDescriptorCount);
            metrics.counter("process_cpu_seconds", "CPU used since the start.", () -> unix.getProcessCpuTime() / NANOS);
        }
    }

    /// Concurrent collectors report their cycles, in which the program goes on, and their pauses apart.
    private static void collections(Metrics metrics) {
        metrics.counters(
                "jvm_gc_collections",
                "Garbage collections, by collector.",
                "gc",
                () -> each(GarbageCollectorMXBean::getCollectionCount));
        metrics.counter(
                "jvm_gc_pause_seconds",
                "Time the program stood still for garbage collections.",
                () -> COLLECTORS.stream()
                                .filter(collector -> !collector.getName().contains("Cycles")
                                        && !collector.getName().contains("Concurrent"))
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .sum()
                        / MILLIS);
    }

    private static Map<String, Long> each(ToLongFunction<GarbageCollectorMXBean> figure) {
        return COLLECTORS.stream().collect(Collectors.toMap(GarbageCollectorMXBean::getName, figure::applyAsLong));
    }
}
