package dev.stoa.api.client;

import java.util.LinkedHashMap;
import java.util.Map;

/// The colours of the prebuilt app.
final class LayoutTheme {
    private static final String[] KEYS = {
        "primary_default",
        "primary_bright",
        "primary_dim",
        "primary_disabled",
        "secondary_default",
        "secondary_bright",
        "secondary_dim",
        "secondary_disabled",
        "on_primary_high",
        "on_primary_medium",
        "on_primary_low",
        "on_secondary_high",
        "on_secondary_medium",
        "on_secondary_low",
        "on_surface_high",
        "on_surface_medium",
        "on_surface_low",
        "background_default",
        "background_dim",
        "surface_default",
        "surface_bright",
        "surface_brighter",
        "surface_dim",
        "border_default",
        "border_bright",
        "alert_success",
        "alert_warning",
        "alert_error_default",
        "alert_error_bright",
        "alert_error_brighter",
        "alert_error_dim"
    };

    static final Map<String, Object> DARK = theme(
            "dark",
            true,
            "THEME_TYPE_DARK",
            "#3D7BF5",
            "#6B9CFA",
            "#24519F",
            "#15305E",
            "#454B57",
            "#6A7180",
            "#2B303A",
            "#1C2027",
            "#FFFFFF",
            "#D6E2FB",
            "#8FADE6",
            "#FFFFFF",
            "#D2D6DF",
            "#9BA2B0",
            "#F1F3F7",
            "#B9C0CC",
            "#858D9C",
            "#0C0E12",
            "#000000",
            "#171A20",
            "#252A33",
            "#303641",
            "#101318",
            "#252A33",
            "#303641",
            "#3BB273",
            "#F2B23E",
            "#D64550",
            "#F0707A",
            "#FBD5D8",
            "#4A171C");

    static final Map<String, Object> LIGHT = theme(
            "light",
            false,
            "THEME_TYPE_LIGHT",
            "#2A63D6",
            "#4D82EC",
            "#1D4699",
            "#B4C9F3",
            "#D5DAE3",
            "#BBC2CF",
            "#E9ECF1",
            "#F3F5F8",
            "#FFFFFF",
            "#E4ECFC",
            "#B7CBF4",
            "#15181E",
            "#3B414D",
            "#737B8A",
            "#15181E",
            "#3B414D",
            "#737B8A",
            "#FFFFFF",
            "#F3F5F8",
            "#F6F7FA",
            "#E9ECF1",
            "#DDE1E9",
            "#FFFFFF",
            "#DDE1E9",
            "#C8CED9",
            "#1F8A53",
            "#B97A08",
            "#C22F3B",
            "#DB5661",
            "#8A1D27",
            "#FBE3E5");

    private LayoutTheme() {}

    private static Map<String, Object> theme(String name, boolean isDefault, String type, String... colours) {
        Map<String, Object> palette = new LinkedHashMap<>();
        for (int i = 0; i < KEYS.length; i++) {
            palette.put(KEYS[i], colours[i]);
        }
        Map<String, Object> theme = new LinkedHashMap<>();
        theme.put("name", name);
        theme.put("default", isDefault);
        theme.put("theme_type", type);
        theme.put("palette", palette);
        return theme;
    }
}
