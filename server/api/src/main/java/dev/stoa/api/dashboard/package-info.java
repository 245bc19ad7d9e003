/// People at the dashboard: sign-in, invitations, users.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.dashboard;
