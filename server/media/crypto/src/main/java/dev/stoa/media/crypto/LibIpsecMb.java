package dev.stoa.media.crypto;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/// AES-128-GCM of Intel's multi-buffer library (`libIPSec_MB`, ABI 1 and 2): a whole packet in one call.
///
/// Only functions that stand on their own are called. The `IMB_MGR` with its pointer table is avoided, because its
/// layout changes between versions. Two structures remain, both opaque to us: the expanded key and the state of one
/// message, whose sizes are bounded below and tested against the loaded library.
final class LibIpsecMb {
    /// Upper bound of `sizeof(struct gcm_key_data)`: 15 round keys and 48 hash keys make 1,024 in ABI 1 and 2.
    static final int KEY_BYTES = 1_536;

    /// Upper bound of `sizeof(struct gcm_context_data)`, which is 88.
    static final int CONTEXT_BYTES = 128;

    /// `struct gcm_key_data` wants it.
    static final int KEY_ALIGNMENT = 64;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Optional<SymbolLookup> LIBRARY = library();
    private static final Optional<GcmVariant> VARIANT = LIBRARY.flatMap(LibIpsecMb::bestVariant);

    private static final FunctionDescriptor EXPAND_TYPE = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor CRYPT_TYPE = FunctionDescriptor.ofVoid(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle EXPAND = bind("aes_gcm_pre_128_", EXPAND_TYPE);
    private static final MethodHandle SEAL = bind("aes_gcm_enc_128_", CRYPT_TYPE);
    private static final MethodHandle OPEN = bind("aes_gcm_dec_128_", CRYPT_TYPE);

    private LibIpsecMb() {}

    /// The code path in use. Empty when the library is missing or this CPU runs none of its paths; nothing else may be
    /// called then.
    static Optional<GcmVariant> variant() {
        return VARIANT;
    }

    /// For test conditions.
    static boolean available() {
        return VARIANT.isPresent();
    }

    /// Writes the expanded form of a 16-byte key into [#KEY_BYTES] at `expanded`.
    static void expandKey(long key, long expanded) {
        try {
            EXPAND.invokeExact(key, expanded);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// Encrypts `length` bytes at `text` in place and writes a 16-byte tag; `iv` has 12 bytes.
    static void seal(long key, long context, long text, long length, long iv, long aad, long aadLength, long tag) {
        try {
            SEAL.invokeExact(key, context, text, text, length, iv, aad, aadLength, tag, (long) AeadKey.TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// Decrypts in place and writes the tag the message should have had; comparing it is the caller's work.
    static void open(long key, long context, long text, long length, long iv, long aad, long aadLength, long tag) {
        try {
            OPEN.invokeExact(key, context, text, text, length, iv, aad, aadLength, tag, (long) AeadKey.TAG_BYTES);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<SymbolLookup> library() {
        return library("libIPSec_MB.so.2").or(() -> library("libIPSec_MB.so.1"));
    }

    private static Optional<SymbolLookup> library(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException | UnsupportedOperationException missing) {
            return Optional.empty();
        }
    }

    private static Optional<GcmVariant> bestVariant(SymbolLookup library) {
        long features = features(library);
        for (GcmVariant variant : GcmVariant.values()) {
            if (variant.runsWith(features) && isExported(library, variant)) {
                return Optional.of(variant);
            }
        }
        return Optional.empty();
    }

    private static boolean isExported(SymbolLookup library, GcmVariant variant) {
        return library.find("aes_gcm_pre_128_" + variant.suffix()).isPresent()
                && library.find("aes_gcm_enc_128_" + variant.suffix()).isPresent()
                && library.find("aes_gcm_dec_128_" + variant.suffix()).isPresent();
    }

    /// The library asks the CPU itself, the operating system's support of wide registers included.
    private static long features(SymbolLookup library) {
        return library.find("imb_get_feature_flags")
                .map(function -> LINKER.downcallHandle(function, FunctionDescriptor.of(JAVA_LONG)))
                .map(LibIpsecMb::call)
                .orElse(0L);
    }

    private static long call(MethodHandle function) {
        try {
            return (long) function.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        if (LIBRARY.isEmpty() || VARIANT.isEmpty()) {
            return MethodHandles.empty(descriptor.toMethodType());
        }
        return LINKER.downcallHandle(
                LIBRARY.get().findOrThrow(name + VARIANT.get().suffix()), descriptor, Linker.Option.critical(false));
    }
}
