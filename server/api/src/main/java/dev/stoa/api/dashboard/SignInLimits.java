package dev.stoa.api.dashboard;

import dev.stoa.api.http.RequestLimits;
import java.time.Duration;

/// How often passwords may be guessed. Whether somebody has the address makes no difference.
///
/// Guesses at one account from one place end soon; from many places later, so that a stranger cannot keep somebody
/// out of a dashboard with a few requests; guesses from one place at many accounts end as well.
final class SignInLimits {
    private final RequestLimits accountHere = new RequestLimits(5, 1, Duration.ofSeconds(30));
    private final RequestLimits account = new RequestLimits(60, 1, Duration.ofSeconds(10));
    private final RequestLimits here = new RequestLimits(60, 1, Duration.ofSeconds(3));

    /// @return 0 = go on, else after how many seconds to ask again
    long retryAfterSeconds(String address, String email) {
        long wait = here.retryAfterSeconds(address);
        if (wait == 0) {
            wait = accountHere.retryAfterSeconds(address + " " + email);
        }
        return wait == 0 ? account.retryAfterSeconds(email) : wait;
    }

    /// For tokens of invitations.
    long retryAfterSeconds(String address) {
        return here.retryAfterSeconds(address);
    }
}
