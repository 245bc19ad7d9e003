/// Endpoints of the record of sessions.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.sessions;
