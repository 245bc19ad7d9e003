package dev.stoa.store;

/// A secret in the database cannot be read with the key there is. The message is one line for the operator.
public final class SecretsKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SecretsKeyException(String message) {
        super(message);
    }

    static SecretsKeyException missing(String keyId) {
        return new SecretsKeyException(
                "the secrets in the database are sealed with key " + keyId + "; name its file by secrets-key-file");
    }

    static SecretsKeyException other(String keyId, String own) {
        return new SecretsKeyException(
                "secrets-key-file holds key " + own + ", but the secrets in the database are sealed with key " + keyId);
    }

    static SecretsKeyException damaged(String place) {
        return new SecretsKeyException("the secret " + place.replaceAll("\\s+", " ")
                + " in the database was changed by hand, or is not of this row");
    }
}
