/// Webhooks: what backends are told about their rooms.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.webhook;
