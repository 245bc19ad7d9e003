package dev.stoa.rooms.board;

import org.jspecify.annotations.Nullable;

/// What became of a key.
///
/// @param value null = deleted
/// @param version grows with every change of any key of the board
/// @param byPeer who changed it
public record BoardEntry(String key, @Nullable BoardValue value, long version, String byPeer) {}
