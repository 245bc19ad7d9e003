package dev.stoa.rooms.outcome;

import java.util.List;
import java.util.function.Function;

/// The result of a request to the domain: a value, or why there is none.
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Failed<T>(Failure failure) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /// Message as of the public API for bad bodies.
    static <T> Outcome<T> invalid(List<String> details) {
        return invalid("Invalid body param", details);
    }

    static <T> Outcome<T> invalid(String message, List<String> details) {
        return new Failed<>(new Failure(Failure.Kind.INVALID, message, details));
    }

    static <T> Outcome<T> forbidden(String message) {
        return new Failed<>(new Failure(Failure.Kind.FORBIDDEN, message, List.of()));
    }

    static <T> Outcome<T> notFound(String message) {
        return new Failed<>(new Failure(Failure.Kind.NOT_FOUND, message, List.of()));
    }

    static <T> Outcome<T> conflict(String message) {
        return new Failed<>(new Failure(Failure.Kind.CONFLICT, message, List.of()));
    }

    static <T> Outcome<T> unavailable(String message) {
        return new Failed<>(new Failure(Failure.Kind.UNAVAILABLE, message, List.of()));
    }

    static <T> Outcome<T> notAvailable(String message) {
        return new Failed<>(new Failure(Failure.Kind.NOT_AVAILABLE, message, List.of()));
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(change.apply(value));
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }

    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }
}
