package dev.gearshift.executors.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test: no thread, child process, socket or temporary file that was not there before. Threads and processes
 * that are about to go have a moment for it.
 */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(NothingLeft.class);
    private static final long GRACE_MILLIS = 2_000;

    /** Of a process, in the name of a file. */
    private static final Pattern NUMBER = Pattern.compile("-(\\d{1,10})-");

    static {
        // The JDK keeps one socket of its own for ever once a channel was used.
        try (Rendezvous rendezvous = new Rendezvous();
                SocketChannel channel = SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), rendezvous.port()))) {
            channel.write(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private record Belongings(
            Set<Thread> threads,
            Set<String> virtualThreads,
            Set<ProcessHandle> processes,
            Set<String> sockets,
            Set<Path> files) {
        static Belongings now() throws IOException {
            return new Belongings(
                    new HashSet<>(Thread.getAllStackTraces().keySet()),
                    VirtualThreads.alive(),
                    ProcessHandle.current().descendants().collect(Collectors.toSet()),
                    openSockets(),
                    temporaryFiles());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        context.getStore(SPACE).put("before", Belongings.now());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
        if (context.getExecutionException().isPresent()) {
            return; // A test that failed may leave anything.
        }
        Belongings before = Objects.requireNonNull(context.getStore(SPACE).get("before", Belongings.class));
        List<String> left = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.threads().contains(thread) && !isOfTheJvm(thread)) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
                if (thread.isAlive()) {
                    left.add("thread " + thread.getName());
                }
            }
        }
        virtualThreadsAfter(before, deadline).forEach(thread -> left.add("virtual thread " + thread));
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            if (!isOf(before.processes(), process) && !endsBy(process, deadline)) {
                left.add("process " + process.pid() + " "
                        + process.info().commandLine().orElse(""));
            }
        }
        Set<String> sockets = openSockets();
        sockets.removeAll(before.sockets());
        sockets.forEach(socket -> left.add(socket));
        Set<Path> files = temporaryFiles();
        files.removeAll(before.files());
        files.forEach(file -> left.add("file " + file));
        if (!left.isEmpty()) {
            throw new AssertionError("Left behind: " + String.join(", ", left));
        }
    }

    private static Set<String> virtualThreadsAfter(Belongings before, long deadline) throws IOException {
        while (true) {
            Set<String> now = new HashSet<>(VirtualThreads.alive());
            now.removeAll(before.virtualThreads());
            if (now.isEmpty() || System.nanoTime() - deadline > 0) {
                return now;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Whether it was there, or was started by one that was. */
    private static boolean isOf(Set<ProcessHandle> before, ProcessHandle process) {
        return before.contains(process)
                || process.parent().filter(parent -> isOf(before, parent)).isPresent();
    }

    private static boolean endsBy(ProcessHandle process, long deadline) throws InterruptedException {
        try {
            process.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Threads that the JDK starts once, whoever asks first. */
    private static boolean isOfTheJvm(Thread thread) {
        String name = thread.getName();
        return name.equals("process reaper")
                || name.startsWith("process reaper (")
                || name.startsWith("CompletableFutureDelayScheduler")
                || name.startsWith("ForkJoinPool.commonPool-")
                || carriesVirtualThreads(thread)
                || name.startsWith("VirtualThread-unparker")
                || name.startsWith("VirtualThread-unblocker")
                || name.endsWith("-Read-Poller")
                || name.endsWith("-Write-Poller")
                || name.startsWith("MasterPoller")
                || name.startsWith("Read-Poller")
                || name.startsWith("Write-Poller")
                || name.startsWith("JFR ")
                || name.startsWith("Cleaner-")
                || name.startsWith("Attach Listener")
                || name.startsWith("surefire-")
                || name.startsWith("junit-");
    }

    /**
     * Named like a thread of anybody's pool; the JDK has a class for them. From Java 25 their pool has a thread that keeps the
     * time, which cannot be told from that of another pool; the workers of that can.
     */
    private static boolean carriesVirtualThreads(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread")
                || thread.getName().endsWith("-delayScheduler");
    }

    /** As Linux lists them; none elsewhere. */
    private static Set<String> openSockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Set<String> sockets = new HashSet<>();
        if (Files.isDirectory(descriptors)) {
            try (Stream<Path> all = Files.list(descriptors)) {
                for (Path descriptor : all.toList()) {
                    String target = target(descriptor);
                    if (target.startsWith("socket:")) {
                        sockets.add(target);
                    }
                }
            }
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // Closed between the listing and now.
        }
    }

    /**
     * Whether a process that is none of this test's has put its number into the name. It need not live: somebody else's
     * test may just have killed it.
     */
    private static boolean isOfAnother(Path file) {
        Matcher number = NUMBER.matcher(file.getFileName().toString());
        if (!number.find()) {
            return false;
        }
        long pid = Long.parseLong(number.group(1));
        return pid != ProcessHandle.current().pid()
                && ProcessHandle.current().descendants().noneMatch(process -> process.pid() == pid);
    }

    /** Others use the folder, too: files of any name are looked for where it is a program's own ({@link TidyProgram}). */
    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith("gearshift"))
                    .filter(file -> !isOfAnother(file))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
