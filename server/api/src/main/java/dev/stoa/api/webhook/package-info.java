/// Webhooks out: delivery, history, replay, settings.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.webhook;
