/// Who is let in: client tokens and their check.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.access;
