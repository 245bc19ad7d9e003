package dev.stoa.rooms.board;

/// Says who asks a whiteboard. What that peer may do is looked up with every request, so that a pass outlives neither
/// the peer's place in the room nor the rights of its role.
public record BoardPass(String roomId, String boardId, String peerId) {}
