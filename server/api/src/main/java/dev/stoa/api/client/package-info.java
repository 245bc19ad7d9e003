/// Endpoints that clients call: token for a room code, layout, reports.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.client;
