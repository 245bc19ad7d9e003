/// People who sign in to the dashboard, and what they may do.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.users;
