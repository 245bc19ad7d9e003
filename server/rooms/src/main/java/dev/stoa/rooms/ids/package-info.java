/// Where identifiers and the time of day come from: outside, so that the domain stays repeatable.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.ids;
