/// Endpoints that tell what happened in rooms.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.analytics;
