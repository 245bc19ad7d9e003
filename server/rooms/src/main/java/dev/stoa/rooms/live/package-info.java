/// A room while people are inside: commands in, notices out.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.live;
