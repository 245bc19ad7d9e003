/// Endpoints of rooms and room codes.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.rooms;
