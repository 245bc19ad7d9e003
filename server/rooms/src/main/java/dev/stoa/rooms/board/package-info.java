/// The whiteboard of a session: values under keys, who may read and change them, and what its store protocol asks.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.board;
