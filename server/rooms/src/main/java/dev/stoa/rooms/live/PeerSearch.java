package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks peers up, page by page. Pages follow the order of joining, so that none is listed twice while others come
/// and go.
final class PeerSearch {
    private static final int MAX_LIMIT = 100;
    private static final int MAX_ITERATORS = 32;

    private final Roster roster;
    private final IdSource ids;

    PeerSearch(Roster roster, IdSource ids) {
        this.roster = roster;
        this.ids = ids;
    }

    /// Where a list of matching peers goes on.
    ///
    /// @param after ordinal of the last seat already listed
    record Cursor(@Nullable String role, @Nullable String group, Set<String> peerIds, long after) {
        boolean matches(Seat seat) {
            return (role == null || role.equals(seat.role.name()))
                    && (group == null || seat.groups.contains(group))
                    && (peerIds.isEmpty() || peerIds.contains(seat.peerId));
        }

        Cursor after(long ordinal) {
            return new Cursor(role, group, peerIds, ordinal);
        }
    }

    CommandResult get(Seat asker, String peerId) {
        Seat seat = roster.byPeer(peerId);
        return seat == null ? Refusals.noSuchPeer() : new CommandResult.FoundPeer(seat.viewFor(asker));
    }

    CommandResult find(Seat asker, PeerCommand.FindPeers query) {
        Cursor start = new Cursor(query.role(), query.group(), new HashSet<>(query.peerIds()), 0);
        if (asker.iterators.size() == MAX_ITERATORS) {
            asker.iterators.remove(asker.iterators.keySet().iterator().next());
        }
        return page(asker, ids.uuid(), start, query.limit());
    }

    CommandResult next(Seat asker, PeerCommand.NextPeers query) {
        Cursor cursor = asker.iterators.get(query.iterator());
        return cursor == null
                ? new CommandResult.Refused(404, "no such iterator; begin again with find-peer")
                : page(asker, query.iterator(), cursor, query.limit());
    }

    private CommandResult page(Seat asker, String iterator, Cursor cursor, int limit) {
        if (limit < 1) {
            return badLimit();
        }
        int most = Math.min(limit, MAX_LIMIT);
        List<PeerView> page = new ArrayList<>();
        long last = cursor.after();
        int total = 0;
        boolean more = false;
        for (Seat seat : roster.all()) {
            if (!cursor.matches(seat)) {
                continue;
            }
            total++;
            if (seat.ordinal <= cursor.after()) {
                continue;
            }
            if (page.size() == most) {
                more = true;
            } else {
                page.add(seat.viewFor(asker));
                last = seat.ordinal;
            }
        }
        asker.iterators.put(iterator, cursor.after(last));
        return new CommandResult.PeerPage(iterator, total, !more, page);
    }

    CommandResult searchNames(PeerCommand.SearchNames query) {
        if (query.limit() < 1 || query.offset() < 0) {
            return badLimit();
        }
        int limit = Math.min(query.limit(), MAX_LIMIT);
        String part = query.query().toLowerCase(Locale.ROOT);
        List<PeerView> page = new ArrayList<>();
        int matching = 0;
        for (Seat seat : roster.all()) {
            if (!seat.name.toLowerCase(Locale.ROOT).contains(part)) {
                continue;
            }
            matching++;
            if (matching > query.offset() && page.size() < limit) {
                page.add(seat.viewWithoutTracks());
            }
        }
        int next = (int) Math.min(Integer.MAX_VALUE, (long) query.offset() + limit);
        return new CommandResult.NamePage(limit, next, next >= matching, page);
    }

    private static CommandResult badLimit() {
        return new CommandResult.Refused(400, "limit is at least 1, offset at least 0");
    }
}
