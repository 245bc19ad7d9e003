/// What happened in sessions, kept for their record and for analytics.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.history;
