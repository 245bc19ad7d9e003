package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import java.util.List;
import java.util.function.Consumer;

/// Everything peers do with each other, handed to who knows its rules.
final class Interactions {
    private final Profiles profiles;
    private final Moderation moderation;
    private final RoleChanges roles;
    private final PeerSearch search;
    private final SessionStore store;
    private final Activities activities;

    Interactions(
            Roster roster,
            RoleChanges roles,
            Activities activities,
            SessionKeeper session,
            IdSource ids,
            Moderation.Door door,
            SessionStore store) {
        this.profiles = new Profiles(roster, session);
        this.moderation = new Moderation(roster, session, door);
        this.roles = roles;
        this.activities = activities;
        this.search = new PeerSearch(roster, ids);
        this.store = store;
    }

    void handle(long nowMs, Seat seat, PeerCommand.Interaction interaction, Consumer<CommandResult> reply) {
        if (!seat.requests.take(nowMs)) {
            reply.accept(new CommandResult.Refused(429, "too many requests of this peer; slow down and try again"));
            return;
        }
        switch (interaction) {
            case PeerCommand.UpdateProfile update -> profiles.update(seat, update, reply);
            case PeerCommand.JoinGroup(String group) -> profiles.join(seat, group, reply);
            case PeerCommand.LeaveGroup(String group) -> profiles.leave(seat, group, reply);
            case PeerCommand.AddToGroup add -> profiles.add(seat, add, reply);
            case PeerCommand.RemoveFromGroup remove -> profiles.remove(seat, remove, reply);
            case PeerCommand.RequestTrackMute request -> reply.accept(moderation.requestTrackMute(seat, request));
            case PeerCommand.RequestMute request -> reply.accept(moderation.requestMute(seat, request));
            case PeerCommand.RemovePeer request -> moderation.remove(nowMs, seat, request, reply);
            case PeerCommand.EndRoom request -> moderation.end(nowMs, seat, request, reply);
            case PeerCommand.ChangeRole request -> roles.request(seat, request, reply);
            case PeerCommand.ChangeRoles request -> roles.request(seat, request, reply);
            case PeerCommand.AcceptRole consent -> roles.accept(seat, consent, reply);
            case PeerCommand.GetPeer(String peerId) -> reply.accept(search.get(seat, peerId));
            case PeerCommand.FindPeers query -> reply.accept(search.find(seat, query));
            case PeerCommand.NextPeers query -> reply.accept(search.next(seat, query));
            case PeerCommand.SearchNames query -> reply.accept(search.searchNames(query));
            case PeerCommand.SetValue(String key, String data, Long ifVersion) ->
                store.change(nowMs, seat, key, new ValueChange.Put(data, ifVersion), reply);
            case PeerCommand.AddToValue(String key, long by) ->
                store.change(nowMs, seat, key, new ValueChange.Add(by), reply);
            case PeerCommand.AppendToValue(String key, String item) ->
                store.change(nowMs, seat, key, new ValueChange.Append(item), reply);
            case PeerCommand.ProtectValue(String key, List<String> writers) ->
                reply.accept(store.protect(seat, key, writers));
            case PeerCommand.ReadHistory query ->
                reply.accept(store.history(query.key(), query.afterVersion(), query.limit()));
            case PeerCommand.GetValue(String key) -> reply.accept(store.get(key));
            case PeerCommand.Observe observe -> store.observe(seat, observe.keys(), reply);
            case PeerCommand.CreateBoard create ->
                reply.accept(activities.boards().create(seat, create));
            case PeerCommand.GetBoard(String id) ->
                reply.accept(activities.boards().get(seat, id));
            case PeerCommand.CloseBoard(String id) -> activities.boards().close(seat, id, reply);
            case PeerCommand.OfPoll(PollCommand command) -> activities.handle(nowMs, seat, command, reply);
        }
    }

    /// What a peer that has come back on a new connection missed.
    void cameBack(Seat seat) {
        store.tellAgain(seat);
        roles.offerAgain(seat);
        activities.tellAgain(seat);
    }

    void sessionOver() {
        store.clear();
        activities.sessionOver();
    }
}
