package dev.stoa.rooms.live;

import dev.stoa.rooms.template.Role;
import java.util.Map;

/// The roles of a room and which of them the receiver has.
///
/// @param role the receiver's own role, a key of `roles`
public record PolicyView(String role, String templateId, Map<String, Role> roles, Map<String, Object> plugins) {}
