package dev.stoa.app;

import dev.stoa.api.webhook.WebhookCounters;
import dev.stoa.app.http.Metrics;
import dev.stoa.conference.ConferenceCounters;
import dev.stoa.conference.ConferenceRooms;
import dev.stoa.media.crypto.DtlsCounters;
import dev.stoa.media.io.IoCounters;
import dev.stoa.media.io.MediaServer;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuCounters;
import dev.stoa.signal.SignalCounters;
import dev.stoa.store.Store;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

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
        MediaServer media = running.media();
        media(metrics, media);
        io(metrics, media::ioCounters);
        sfu(metrics, media::sfuCounters);
        dtls(metrics, running.dtls());
        workers(metrics, media);
        metrics.gauge("stoa_rooms", "Rooms with people inside.", rooms::roomCount);
        metrics.gauge("stoa_peers", "Peers in rooms, those within their grace period included.", rooms::peerCount);
        metrics.gauge("stoa_session_records_waiting", "Session records not yet written.", rooms::recordsWaiting);
        metrics.counter(
                "stoa_rooms_media_commands_lost",
                "Commands of rooms the media server did not take in time.",
                rooms::mediaCommandsLost);
        rooms(metrics, rooms.counters());
        signal(metrics, signal);
        webhooks(metrics, webhooks);
        metrics.counter(
                "stoa_store_unavailable", "Calls the database could not serve: lost, full, busy.", store::unavailable);
        ProcessMetrics.add(metrics);
        return metrics;
    }

    private static void media(Metrics metrics, MediaServer media) {
        metrics.counter(
                "stoa_media_commands_refused",
                "Commands of the control side that found a media worker's queue full.",
                media::refusedCommands);
        metrics.counter(
                "stoa_media_failures",
                "Datagrams, commands and timers that ended in an exception: each is a defect of this server.",
                media::failures);
        metrics.counter(
                "stoa_media_tcp_frames_dropped", "TCP frames that could not be delivered.", media::droppedTcpFrames);
        metrics.counter(
                "stoa_media_tcp_accept_failures",
                "ICE-TCP connections that could not be taken, mostly for want of file descriptors.",
                media::tcpAcceptFailures);
        metrics.gauge("stoa_media_tcp_connections", "Open ICE-TCP connections.", media::tcpConnections);
        metrics.counter(
                "stoa_media_handed_over",
                "Datagrams that arrived at the wrong worker of a shared port and were given to theirs.",
                () -> media.handed().given());
        metrics.counter(
                "stoa_media_handover_lost",
                "Datagrams that arrived at the wrong worker of a shared port while theirs did not keep up.",
                () -> media.handed().lost());
    }

    static void io(Metrics metrics, Supplier<IoCounters> io) {
        metrics.counter("stoa_media_datagrams_in", "UDP datagrams received.", () -> io.get().datagramsIn);
        metrics.counter("stoa_media_datagrams_out", "UDP datagrams sent.", () -> io.get().datagramsOut);
        metrics.counter("stoa_media_received_bytes", "UDP payload received.", () -> io.get().bytesIn);
        metrics.counter("stoa_media_sent_bytes", "UDP payload sent.", () -> io.get().bytesOut);
        metrics.counter("stoa_media_bytes_in", "Older name of stoa_media_received_bytes.", () -> io.get().bytesIn);
        metrics.counter("stoa_media_bytes_out", "Older name of stoa_media_sent_bytes.", () -> io.get().bytesOut);
        metrics.counter("stoa_media_receive_calls", "System calls that received.", () -> io.get().receiveCalls);
        metrics.counter("stoa_media_send_calls", "System calls that sent.", () -> io.get().sendCalls);
        metrics.counter(
                "stoa_media_trains_received",
                "Messages of several UDP datagrams received (GRO).",
                () -> io.get().trainsIn);
        metrics.counter(
                "stoa_media_trains_sent", "Messages of several UDP datagrams sent (GSO).", () -> io.get().trainsOut);
        metrics.counter(
                "stoa_media_trains_refused",
                "Messages of several UDP datagrams the kernel did not take; they were sent one by one.",
                () -> io.get().trainsRefused);
        metrics.counter(
                "stoa_media_train_datagrams_received",
                "UDP datagrams received several in a message.",
                () -> io.get().trainDatagramsIn);
        metrics.counter(
                "stoa_media_train_datagrams_sent",
                "UDP datagrams sent several in a message.",
                () -> io.get().trainDatagramsOut);
        metrics.counters(
                "stoa_media_send_dropped",
                "Datagrams that could not be sent: the kernel's buffer was full, or the kernel refused them (no route).",
                "reason",
                () -> Map.of("full", io.get().droppedFull, "refused", io.get().droppedRefused));
        metrics.counter(
                "stoa_media_receive_too_long", "Datagrams longer than a slot, dropped.", () -> io.get().droppedTooLong);
    }

    static void sfu(Metrics metrics, Supplier<SfuCounters> sfu) {
        for (SfuCounter counter : SfuCounter.values()) {
            metrics.counter(
                    "stoa_sfu_" + counter.metric(),
                    counter.help(),
                    () -> sfu.get().get(counter));
        }
        metrics.counters(
                "stoa_sfu_events",
                "The counters stoa_sfu_* once more, by label; for dashboards made before those.",
                "event",
                () -> events(sfu.get()));
    }

    static void dtls(Metrics metrics, DtlsCounters dtls) {
        metrics.counter("stoa_dtls_handshakes_completed", "DTLS handshakes that gave keys for media.", dtls::completed);
        metrics.counter(
                "stoa_dtls_handshakes_failed",
                "DTLS handshakes that ended in an error, a time-out or a close.",
                dtls::failed);
        metrics.counter(
                "stoa_dtls_handshakes_refused",
                "Datagrams of DTLS handshakes dropped because too many were under way.",
                dtls::refused);
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

    private static Map<String, Long> events(SfuCounters counters) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (SfuCounter counter : SfuCounter.values()) {
            values.put(counter.name().toLowerCase(Locale.ROOT), counters.get(counter));
        }
        return values;
    }

    static void rooms(Metrics metrics, ConferenceCounters counters) {
        metrics.counter(
                "stoa_rooms_connections_opened",
                "Connections that were let into a room, to preview or to come back.",
                counters.connectionsOpened::sum);
        metrics.counter(
                "stoa_rooms_connections_refused",
                "Connections that were not let in: wrong token, room full or disabled, too busy.",
                counters.connectionsRefused::sum);
        metrics.counter(
                "stoa_rooms_mailbox_full",
                "Commands and connections refused because their room had too many waiting.",
                counters.mailboxFull::sum);
        metrics.counter(
                "stoa_rooms_media_events_dropped",
                "Events of the media side for a room that had too many waiting, or that was gone.",
                counters.eventsDropped::sum);
        metrics.counter(
                "stoa_rooms_media_lost",
                "Media connections of peers that failed for good; their clients build new ones.",
                counters.mediaLost::sum);
        metrics.counter(
                "stoa_session_records_lost",
                "Session records that could not be written and are lost.",
                counters.recordsLost::sum);
        metrics.counter(
                "stoa_session_records_retried",
                "Attempts to write session records that found the database away.",
                counters.recordsRetried::sum);
    }

    static void signal(Metrics metrics, SignalCounters counters) {
        whiteboards(metrics, counters);
        metrics.counter("stoa_signal_sockets_opened", "Web sockets opened.", counters.opened::sum);
        metrics.counter("stoa_signal_sockets_closed", "Web sockets closed.", counters.closed::sum);
        metrics.counter("stoa_signal_messages_in", "Messages received.", counters.messagesIn::sum);
        metrics.counter("stoa_signal_messages_out", "Messages sent.", counters.messagesOut::sum);
        metrics.counter(
                "stoa_signal_malformed", "Messages that are no requests of the protocol.", counters.malformed::sum);
        metrics.counter(
                "stoa_signal_unknown_methods",
                "Messages with a method this server does not have.",
                counters.unknownMethods::sum);
        metrics.counter(
                "stoa_signal_refusals",
                "Requests and sockets that were refused: not allowed, too often, not possible now.",
                counters.refused::sum);
        metrics.counter(
                "stoa_signal_slow_readers_cut",
                "Sockets closed because their client did not read.",
                counters.slowReadersCut::sum);
        metrics.counter(
                "stoa_signal_reports", "Failures and measurements that clients reported.", counters.reports::sum);
        metrics.counter(
                "stoa_signal_reports_ignored",
                "Events that clients reported and nobody keeps.",
                counters.reportsIgnored::sum);
    }

    private static void whiteboards(Metrics metrics, SignalCounters counters) {
        metrics.counter("stoa_whiteboard_requests", "Calls of the store of whiteboards.", counters.boardRequests::sum);
        metrics.counter(
                "stoa_whiteboard_refusals",
                "Calls of the store of whiteboards that were refused, and streams that it ended.",
                counters.boardRefused::sum);
        metrics.counter(
                "stoa_whiteboard_malformed",
                "Calls of the store of whiteboards that are none of its protocol.",
                counters.boardMalformed::sum);
        metrics.counter(
                "stoa_whiteboard_callers_left",
                "Calls of the store of whiteboards whose caller went away before the end, as clients end streams.",
                counters.boardCallersLeft::sum);
    }

    static void webhooks(Metrics metrics, WebhookCounters webhooks) {
        metrics.counter("stoa_webhooks_delivered", "Webhooks a backend took.", webhooks.delivered::sum);
        metrics.counter(
                "stoa_webhooks_postponed",
                "Attempts to deliver a webhook that failed and are repeated.",
                webhooks.postponed::sum);
        metrics.counter("stoa_webhooks_failed", "Webhooks given up.", webhooks.failed::sum);
    }
}
