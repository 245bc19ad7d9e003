package dev.stoa.bench.load;

import dev.stoa.bench.ProcessCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the server and the kernel say of the server at one moment.
///
/// @param atNs this process's clock
/// @param metrics every series of `/metrics`, name and labels as they stand there
/// @param safepointsAt length of the log of its pauses so far
/// @param receiveErrors datagrams its network namespace's full sockets lost
/// @param rssBytes resident memory
record ServerReading(
        long atNs,
        ProcessCpu.Reading cpu,
        Map<String, Double> metrics,
        long safepointsAt,
        long receiveErrors,
        long rssBytes) {
    static ServerReading of(MeasuredServer server, Backend backend, ProcessCpu cpu) throws IOException {
        Map<String, Double> metrics = parse(backend.metrics());
        Path proc = Path.of("/proc", Long.toString(server.pid()));
        return new ServerReading(
                System.nanoTime(),
                cpu.read(),
                metrics,
                Files.exists(server.safepoints()) ? Files.size(server.safepoints()) : 0,
                receiveErrors(proc),
                residentBytes(proc));
    }

    private static Map<String, Double> parse(String text) {
        Map<String, Double> series = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            series.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return series;
    }

    /// `RcvbufErrors` of the second `Udp:` line, named by the first.
    static long receiveErrors(Path proc) throws IOException {
        List<String[]> udp = Files.readAllLines(proc.resolve("net/snmp")).stream()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> line.split(" "))
                .toList();
        int column = List.of(udp.getFirst()).indexOf("RcvbufErrors");
        return Long.parseLong(udp.get(1)[column]);
    }

    private static long residentBytes(Path proc) throws IOException {
        return Files.readAllLines(proc.resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /// 0 when there is no such series.
    double metric(String series) {
        return metrics.getOrDefault(series, 0.0);
    }

    double sfu(String event) {
        return metric("stoa_sfu_events_total{event=\"" + event + "\"}");
    }

    double forwarded() {
        return sfu("rtp_forwarded");
    }

    double sendDropped() {
        return metric("stoa_media_send_dropped_total{reason=\"full\"}")
                + metric("stoa_media_send_dropped_total{reason=\"refused\"}");
    }

    double heapBytes() {
        return metric("jvm_memory_heap_used_bytes");
    }

    double allocatedBytes() {
        return metric("jvm_allocated_bytes_total");
    }

    double directBytes() {
        return metric("jvm_buffer_pool_used_bytes{pool=\"direct\"}");
    }

    double threads() {
        return metric("jvm_threads_current");
    }

    double openFiles() {
        return metric("process_open_fds");
    }

    double peers() {
        return metric("stoa_peers");
    }
}
