package dev.stoa.media.io.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of [LinuxDatagramIo]. Each returns what C returns; of those that take a captured state, `errno`
/// lands there. Those of every turn take none: each capturing call slices the state anew, and only sometimes is the
/// slice compiled away.
///
/// Ordinary downcalls, not critical ones: a critical call would hold up safepoints while the kernel works.
final class LibC {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_TRUNC = 0x20;
    static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    static final short POLLIN = 1;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ENOBUFS = 105;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup C = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            bind("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle RECVMMSG =
            plain("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SENDMMSG =
            plain("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle SENDMMSG_ERRNO =
            bind("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle PPOLL =
            plain("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle EVENTFD = bind("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private LibC() {}

    /// True where these calls exist with the layouts used here: 64-bit Linux.
    static boolean isSupported() {
        String arch = System.getProperty("os.arch", "");
        return System.getProperty("os.name", "").equals("Linux") && (arch.equals("amd64") || arch.equals("aarch64"));
    }

    static int errno(MemorySegment captured) {
        return (int) ERRNO_FIELD.get(captured, 0L);
    }

    static int socket(MemorySegment captured, int family) {
        try {
            return (int) SOCKET.invokeExact(captured, family, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int bind(MemorySegment captured, int fd, MemorySegment address, int length) {
        try {
            return (int) BIND.invokeExact(captured, fd, address, length);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int setsockopt(MemorySegment captured, int fd, int level, int option, MemorySegment value) {
        try {
            return (int) SETSOCKOPT.invokeExact(captured, fd, level, option, value, (int) value.byteSize());
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int getsockname(MemorySegment captured, int fd, MemorySegment address, MemorySegment length) {
        try {
            return (int) GETSOCKNAME.invokeExact(captured, fd, address, length);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int recvmmsg(int fd, MemorySegment headers, int count) {
        try {
            return (int) RECVMMSG.invokeExact(fd, headers, count, MSG_DONTWAIT, MemorySegment.NULL);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int sendmmsg(int fd, MemorySegment headers, int count) {
        try {
            return (int) SENDMMSG.invokeExact(fd, headers, count, MSG_DONTWAIT);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    /// [#sendmmsg] for who wants to know why it failed.
    static int sendmmsgErrno(MemorySegment captured, int fd, MemorySegment headers, int count) {
        try {
            return (int) SENDMMSG_ERRNO.invokeExact(captured, fd, headers, count, MSG_DONTWAIT);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int ppoll(MemorySegment fds, long count, MemorySegment timeout) {
        try {
            return (int) PPOLL.invokeExact(fds, count, timeout, MemorySegment.NULL);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int eventfd(MemorySegment captured) {
        try {
            return (int) EVENTFD.invokeExact(captured, 0, EFD_NONBLOCK_CLOEXEC);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static long read(int fd, MemorySegment into, long length) {
        try {
            return (long) READ.invokeExact(fd, into, length);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static long write(int fd, MemorySegment from, long length) {
        try {
            return (long) WRITE.invokeExact(fd, from, length);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int close(int fd) {
        try {
            return (int) CLOSE.invokeExact(fd);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(C.findOrThrow(name), descriptor, ERRNO);
    }

    private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(C.findOrThrow(name), descriptor);
    }

    private static IllegalStateException broken(Throwable t) {
        return new IllegalStateException("system call handle failed", t);
    }
}
