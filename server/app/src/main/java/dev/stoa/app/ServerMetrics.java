package dev.stoa.app;

import dev.stoa.api.webhook.WebhookCounters;
import dev.stoa.app.http.Metrics;
import dev.stoa.conference.ConferenceCounters;
import dev.stoa.conference.ConferenceRooms;
import dev.stoa.media.io.IoCounters;
import dev.stoa.media.io.MediaServer;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuCounters;
import dev.stoa.signal.SignalCounters;
import dev.stoa.store.Store;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Names every number the server counts. Names are stable: dashboards are built on them.
final class ServerMetrics {
    private ServerMetrics() {}

    static Metrics of(
            MediaSetup.Running running,
            ConferenceRooms rooms,
            SignalCounters signal,
            Store store,
            WebhookCounters webhooks) {
        Metrics metrics = new Metrics();
        metrics.info(
                "stoa_build",
                "What this server runs on.",
                Map.of(
                        "datagram_io", running.media().datagramIo(),
                        "srtp_cipher", running.cipher(),
                        "java", Runtime.version().toString()));
        media(metrics, running.media());
        rooms(metrics, rooms);
        journal(metrics, rooms);
        signal(metrics, signal);
        ProcessMetrics.add(metrics);
        metrics.counters(
                "stoa_webhooks",
                "Webhooks delivered, attempts that failed and are repeated, webhooks given up.",
                "what",
                () -> Map.of(
                        "delivered", webhooks.delivered.sum(),
                        "postponed", webhooks.postponed.sum(),
                        "failed", webhooks.failed.sum()));
        metrics.counter(
                "stoa_store_unavailable", "Calls the database could not serve: lost, full, busy.", store::unavailable);
        return metrics;
    }

    private static void media(Metrics metrics, MediaServer media) {
        metrics.counter("stoa_media_datagrams_in", "UDP datagrams received.", () -> media.ioCounters().datagramsIn);
        metrics.counter("stoa_media_datagrams_out", "UDP datagrams sent.", () -> media.ioCounters().datagramsOut);
        metrics.counter("stoa_media_bytes_in", "UDP payload bytes received.", () -> media.ioCounters().bytesIn);
        metrics.counter("stoa_media_bytes_out", "UDP payload bytes sent.", () -> media.ioCounters().bytesOut);
        metrics.counters(
                "stoa_media_trains",
                "Messages that carried several UDP datagrams (GSO out, GRO in); refused ones were sent one by one.",
                "what",
                () -> trains(media.ioCounters()));
        metrics.counters(
                "stoa_media_train_datagrams",
                "UDP datagrams in such messages.",
                "what",
                () -> trainDatagrams(media.ioCounters()));
        metrics.counters(
                "stoa_media_send_dropped",
                "Datagrams that could not be sent.",
                "reason",
                () -> dropped(media.ioCounters()));
        metrics.counter(
                "stoa_media_receive_too_long",
                "Datagrams longer than a slot.",
                () -> media.ioCounters().droppedTooLong);
        metrics.counter("stoa_media_commands_refused", "Commands that found the queue full.", media::refusedCommands);
        metrics.counter(
                "stoa_media_tcp_frames_dropped", "TCP frames that could not be delivered.", media::droppedTcpFrames);
        metrics.gauge("stoa_media_tcp_connections", "Open ICE-TCP connections.", media::tcpConnections);
        metrics.counters("stoa_sfu_events", "What the forwarding counted.", "event", () -> sfu(media));
        workers(metrics, media);
    }

    private static Map<String, Long> trains(IoCounters io) {
        return Map.of("in", io.trainsIn, "out", io.trainsOut, "refused", io.trainsRefused);
    }

    private static Map<String, Long> trainDatagrams(IoCounters io) {
        return Map.of("in", io.trainDatagramsIn, "out", io.trainDatagramsOut);
    }

    private static Map<String, Long> dropped(IoCounters io) {
        return Map.of("full", io.droppedFull, "refused", io.droppedRefused);
    }

    private static void workers(Metrics metrics, MediaServer media) {
        metrics.counters(
                "stoa_media_worker_forwarded",
                "RTP packets each media worker sent to subscribers.",
                "worker",
                () -> byWorker(media, SfuCounter.RTP_FORWARDED));
        metrics.counters(
                "stoa_media_worker_relayed",
                "RTP packets each media worker handed to others.",
                "worker",
                () -> byWorker(media, SfuCounter.RELAYED));
        metrics.counters(
                "stoa_media_worker_relay_full",
                "RTP packets of each media worker that found the ring to another one full.",
                "worker",
                () -> byWorker(media, SfuCounter.RELAY_FULL));
        metrics.counters(
                "stoa_media_handed_over",
                "Datagrams that arrived at the wrong worker of a shared port: given to theirs, or lost on the way.",
                "what",
                () -> Map.of(
                        "given", media.handed().given(), "lost", media.handed().lost()));
        metrics.gauges("stoa_media_worker_transports", "Transports on each media worker.", "worker", () -> {
            Map<String, Long> seats = new LinkedHashMap<>();
            media.seats().forEach(count -> seats.put(String.valueOf(seats.size()), (long) count));
            return seats;
        });
    }

    private static Map<String, Long> byWorker(MediaServer media, SfuCounter counter) {
        Map<String, Long> values = new LinkedHashMap<>();
        media.workersCounters().forEach(counters -> values.put(String.valueOf(values.size()), counters.get(counter)));
        return values;
    }

    private static Map<String, Long> sfu(MediaServer media) {
        Map<String, Long> values = new LinkedHashMap<>();
        SfuCounters counters = media.sfuCounters();
        for (SfuCounter counter : SfuCounter.values()) {
            values.put(counter.name().toLowerCase(Locale.ROOT), counters.get(counter));
        }
        return values;
    }

    private static void rooms(Metrics metrics, ConferenceRooms rooms) {
        ConferenceCounters counters = rooms.counters();
        metrics.gauge("stoa_rooms", "Rooms with people inside.", rooms::roomCount);
        metrics.gauge("stoa_peers", "Peers in rooms, those within their grace period included.", rooms::peerCount);
        metrics.counters(
                "stoa_rooms_dropped",
                "What rooms could not take.",
                "what",
                () -> Map.of(
                        "mailbox_full", counters.mailboxFull.sum(),
                        "media_event", counters.eventsDropped.sum(),
                        "media_command", rooms.mediaCommandsLost(),
                        "session_record", counters.recordsLost.sum()));
    }

    private static void journal(Metrics metrics, ConferenceRooms rooms) {
        metrics.gauge("stoa_session_records_waiting", "Session records not yet written.", rooms::recordsWaiting);
        metrics.counter(
                "stoa_session_records_retried",
                "Attempts to write session records that found the database away.",
                rooms.counters().recordsRetried::sum);
    }

    private static void signal(Metrics metrics, SignalCounters counters) {
        metrics.counter("stoa_signal_sockets_opened", "Web sockets opened.", counters.opened::sum);
        metrics.counter("stoa_signal_sockets_closed", "Web sockets closed.", counters.closed::sum);
        metrics.counter("stoa_signal_messages_in", "Messages received.", counters.messagesIn::sum);
        metrics.counter("stoa_signal_messages_out", "Messages sent.", counters.messagesOut::sum);
        metrics.counters(
                "stoa_signal_refused",
                "Messages and connections refused.",
                "reason",
                () -> Map.of(
                        "malformed", counters.malformed.sum(),
                        "unknown_method", counters.unknownMethods.sum(),
                        "not_allowed", counters.refused.sum(),
                        "slow_reader", counters.slowReadersCut.sum()));
    }
}
