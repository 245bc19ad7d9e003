package dev.stoa.bench.load.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system calls of the load generator. Each returns what C returns; negative is failure, and why does not matter.
final class Calls {
    static final int AF_INET = 2;
    static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    /// Beyond the system's limit; needs privileges.
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_TIMESTAMPNS = 35;
    static final int SOL_UDP = 17;
    static final int UDP_GRO = 104;
    static final int MSG_DONTWAIT = 0x40;
    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_ADD = 1;
    static final int EPOLLIN = 1;
    static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;

    private static final MethodHandle SOCKET =
            bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle BIND = bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT =
            bind("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            bind("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVMMSG =
            bind("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_CREATE = bind("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CTL =
            bind("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_WAIT =
            bind("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD = bind("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            bind("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            bind("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Calls() {}

    static int socket() {
        try {
            return (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return (int) SETSOCKOPT.invokeExact(fd, level, option, value, (int) value.byteSize());
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int bind(int fd, MemorySegment address) {
        try {
            return (int) BIND.invokeExact(fd, address, (int) address.byteSize());
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int connect(int fd, MemorySegment address) {
        try {
            return (int) CONNECT.invokeExact(fd, address, (int) address.byteSize());
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static long send(int fd, MemorySegment from, long length) {
        try {
            return (long) SEND.invokeExact(fd, from, length, MSG_DONTWAIT);
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

    static int epollCreate() {
        try {
            return (int) EPOLL_CREATE.invokeExact(EPOLL_CLOEXEC);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int epollAdd(int epoll, int fd, MemorySegment event) {
        try {
            return (int) EPOLL_CTL.invokeExact(epoll, EPOLL_ADD, fd, event);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int epollWait(int epoll, MemorySegment events, int count, int timeoutMs) {
        try {
            return (int) EPOLL_WAIT.invokeExact(epoll, events, count, timeoutMs);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static int eventfd() {
        try {
            return (int) EVENTFD.invokeExact(0, EFD_NONBLOCK_CLOEXEC);
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static long read(int fd, MemorySegment into) {
        try {
            return (long) READ.invokeExact(fd, into, into.byteSize());
        } catch (Throwable t) {
            throw broken(t);
        }
    }

    static long write(int fd, MemorySegment from) {
        try {
            return (long) WRITE.invokeExact(fd, from, from.byteSize());
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
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    private static IllegalStateException broken(Throwable t) {
        return new IllegalStateException("system call handle failed", t);
    }
}
