/// Rooms and room codes: what exists whether or not anybody is inside.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.room;
