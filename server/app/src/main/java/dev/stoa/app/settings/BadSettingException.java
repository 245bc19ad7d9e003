package dev.stoa.app.settings;

/// A setting that cannot be used. The message is one line that names the setting and says what is allowed.
public final class BadSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadSettingException(String message) {
        super(message);
    }
}
