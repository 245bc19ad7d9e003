package dev.stoa.api.webhook;

import dev.stoa.rooms.ids.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/// Makes one attempt to deliver one event. Follows no redirect, which could lead where the policy forbids, and
/// reads no body of an answer. Thread-safe; blocks.
final class WebhookSender implements AutoCloseable {
    private final AddressPolicy policy;
    private final TimeSource time;
    private final Duration timeout;
    private final HttpClient client;

    WebhookSender(AddressPolicy policy, TimeSource time, Duration timeout) {
        this.policy = policy;
        this.time = time;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    sealed interface Attempt {
        record Delivered() implements Attempt {}

        /// @param again false: another attempt would fail the same way
        record Failed(String reason, boolean again) implements Attempt {}
    }

    /// Reasons are shown to the workspace; they hold nothing of an answer's body.
    Attempt send(Target target, byte[] body) throws InterruptedException {
        if (AddressPolicy.problem(target.url()).isPresent()) {
            return new Attempt.Failed("the address is not a usable URL", false);
        }
        try {
            URI uri = URI.create(target.url());
            if (!policy.mayReach(uri.getHost())) {
                return new Attempt.Failed("the address is in a network this server does not send webhooks to", false);
            }
            HttpResponse<InputStream> answer =
                    client.send(request(uri, target, body), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode() / 100 == 2
                    ? new Attempt.Delivered()
                    : new Attempt.Failed("HTTP " + answer.statusCode(), true);
        } catch (IllegalArgumentException unusable) {
            return new Attempt.Failed("a configured header cannot be sent", false);
        } catch (IOException failed) {
            return new Attempt.Failed(reason(failed), true);
        }
    }

    private HttpRequest request(URI uri, Target target, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("Content-Type", "application/json")
                .setHeader("User-Agent", "stoa-webhooks");
        target.headers().forEach(request::setHeader);
        return request.setHeader(
                        Signature.HEADER,
                        Signature.of(target.signingKey(), time.now().getEpochSecond(), body))
                .build();
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case HttpTimeoutException timeout -> "no answer in time";
            case UnknownHostException unknown -> "the host name is not known";
            case ConnectException refused -> "no connection";
            case SSLException tls -> "TLS failed";
            default -> "the connection broke";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
