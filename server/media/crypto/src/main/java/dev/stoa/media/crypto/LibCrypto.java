package dev.stoa.media.crypto;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/// The functions of OpenSSL 3's libcrypto that SRTP needs. Pointers are passed as `long`: nothing is allocated per
/// call.
///
/// The low-level SHA1 functions are deprecated but exported; their state is plain memory, so the two keyed states of
/// HMAC are saved once and copied per packet, which the `EVP` interface only does through the C heap.
final class LibCrypto {
    /// Upper bound of `sizeof(SHA_CTX)`, which is 96.
    static final int SHA_CTX_BYTES = 128;

    static final int CTRL_GCM_GET_TAG = 0x10;
    static final int CTRL_GCM_SET_TAG = 0x11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Optional<SymbolLookup> LIBRARY = library();
    private static boolean complete = LIBRARY.isPresent();

    private static final MethodHandle CIPHER_CTX_NEW = bind("EVP_CIPHER_CTX_new", JAVA_LONG);
    private static final MethodHandle CIPHER_CTX_FREE = bindVoid("EVP_CIPHER_CTX_free", JAVA_LONG);
    private static final MethodHandle AES_128_GCM = bind("EVP_aes_128_gcm", JAVA_LONG);
    private static final MethodHandle AES_128_CTR = bind("EVP_aes_128_ctr", JAVA_LONG);
    private static final MethodHandle CIPHER_INIT =
            bind("EVP_CipherInit_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CIPHER_UPDATE =
            bind("EVP_CipherUpdate", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CIPHER_FINAL =
            bind("EVP_CipherFinal_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CIPHER_CTX_CTRL =
            bind("EVP_CIPHER_CTX_ctrl", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SHA1_INIT = bind("SHA1_Init", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SHA1_UPDATE = bind("SHA1_Update", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SHA1_FINAL = bind("SHA1_Final", JAVA_INT, JAVA_LONG, JAVA_LONG);

    private LibCrypto() {}

    /// Whether the library and every function were found; nothing else may be called otherwise.
    static boolean available() {
        return complete;
    }

    static long newCipherContext() {
        try {
            return (long) CIPHER_CTX_NEW.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void freeCipherContext(long context) {
        try {
            CIPHER_CTX_FREE.invokeExact(context);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long aes128Gcm() {
        try {
            return (long) AES_128_GCM.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static long aes128Ctr() {
        try {
            return (long) AES_128_CTR.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// Zero for `type`, `key` or `iv` keeps what is set; `encrypt` is 1 or 0.
    static boolean cipherInit(long context, long type, long key, long iv, int encrypt) {
        try {
            return (int) CIPHER_INIT.invokeExact(context, type, 0L, key, iv, encrypt) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// With `out` zero, the input is additional data.
    static boolean cipherUpdate(long context, long out, long outLength, long in, int inLength) {
        try {
            return (int) CIPHER_UPDATE.invokeExact(context, out, outLength, in, inLength) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static boolean cipherFinal(long context, long out, long outLength) {
        try {
            return (int) CIPHER_FINAL.invokeExact(context, out, outLength) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static boolean cipherControl(long context, int command, int argument, long pointer) {
        try {
            return (int) CIPHER_CTX_CTRL.invokeExact(context, command, argument, pointer) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static boolean sha1Init(long context) {
        try {
            return (int) SHA1_INIT.invokeExact(context) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static boolean sha1Update(long context, long data, long length) {
        try {
            return (int) SHA1_UPDATE.invokeExact(context, data, length) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static boolean sha1Final(long digest, long context) {
        try {
            return (int) SHA1_FINAL.invokeExact(digest, context) == 1;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<SymbolLookup> library() {
        try {
            return Optional.of(SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global()));
        } catch (IllegalArgumentException | UnsupportedOperationException missing) {
            return Optional.empty();
        }
    }

    private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle bindVoid(String name, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.ofVoid(arguments));
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        Optional<MemorySegment> symbol = LIBRARY.flatMap(library -> library.find(name));
        if (symbol.isEmpty()) {
            complete = false;
            return MethodHandles.empty(descriptor.toMethodType());
        }
        return LINKER.downcallHandle(symbol.get(), descriptor, Linker.Option.critical(false));
    }
}
