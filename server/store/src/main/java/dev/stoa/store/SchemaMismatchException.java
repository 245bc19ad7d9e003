package dev.stoa.store;

/// The database holds a schema this version cannot work with. The message is one line for the operator.
public final class SchemaMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaMismatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
