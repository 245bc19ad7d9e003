/// The audit log.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.audit;
