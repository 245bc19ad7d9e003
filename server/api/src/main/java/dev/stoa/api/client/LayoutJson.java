package dev.stoa.api.client;

import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One layout of the prebuilt app. A key that is absent turns its feature off, an empty object turns it on.
final class LayoutJson {
    private LayoutJson() {}

    static Map<String, Object> layout(Workspace workspace, Template template, Role role) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", template.id() + ":" + role.name());
        json.put("role", role.name());
        json.put("role_id", role.name());
        json.put("template_id", template.id());
        json.put("app_id", workspace.appId());
        json.put("typography", Map.of("font_family", "Inter"));
        json.put("logo", Map.of("url", ""));
        json.put("themes", List.of(LayoutTheme.DARK, LayoutTheme.LIGHT));
        json.put("options", Map.of());
        json.put("screens", screens(role));
        return json;
    }

    private static Map<String, Object> screens(Role role) {
        Map<String, Object> screens = new LinkedHashMap<>();
        screens.put("preview", Map.of("default", Map.of("elements", preview())));
        screens.put(
                "conferencing",
                hasMedia(role)
                        ? Map.of("default", Map.of("elements", conferencing()))
                        : Map.of("hls_live_streaming", Map.of("elements", common())));
        return screens;
    }

    /// A role without media connection watches the stream.
    private static boolean hasMedia(Role role) {
        return !role.publishParams().allowed().isEmpty()
                || !role.subscribeParams().subscribeToRoles().isEmpty();
    }

    private static Map<String, Object> preview() {
        return Map.of(
                "preview_header", Map.of("title", "Get started", "sub_title", "Check your camera and microphone"),
                "join_form", Map.of("join_btn_type", "JOIN_BTN_TYPE_JOIN_ONLY", "join_btn_label", "Join now"));
    }

    private static Map<String, Object> conferencing() {
        Map<String, Object> elements = new LinkedHashMap<>(common());
        elements.put("brb", Map.of());
        elements.put(
                "video_tile_layout",
                Map.of(
                        "grid",
                        Map.of(
                                "enable_local_tile_inset", true,
                                "prominent_roles", List.of(),
                                "enable_spotlighting_peer", true)));
        return elements;
    }

    private static Map<String, Object> common() {
        Map<String, Object> elements = new LinkedHashMap<>();
        elements.put(
                "chat",
                Map.of(
                        "initial_state",
                        "CHAT_STATE_CLOSE",
                        "is_overlay",
                        false,
                        "allow_pinning_messages",
                        false,
                        "public_chat_enabled",
                        true,
                        "private_chat_enabled",
                        true,
                        "roles_whitelist",
                        List.of(),
                        "chat_title",
                        "Chat",
                        "message_placeholder",
                        "Send a message"));
        elements.put("participant_list", Map.of());
        elements.put("emoji_reactions", Map.of());
        elements.put("hand_raise", Map.of());
        elements.put("header", Map.of());
        return elements;
    }
}
