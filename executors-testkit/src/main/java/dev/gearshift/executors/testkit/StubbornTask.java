package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Like {@link WaitingTask}, but deaf to interrupts: only its release, or the end of its process, ends it.
 *
 * @param port where the rendezvous is, on the loopback interface
 * @param name what it says; without line breaks
 */
public record StubbornTask(int port, String name) implements Task<String> {
    @Override
    public String call() throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread deaf = new Thread(
                () -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
                        failure[0] = socket.getInputStream().read() < 0 ? new IOException("not released") : null;
                    } catch (IOException e) {
                        failure[0] = e;
                    }
                },
                "stubborn");
        deaf.setDaemon(true);
        deaf.start();
        while (deaf.isAlive()) {
            try {
                deaf.join();
            } catch (InterruptedException e) {
                // Deaf.
            }
        }
        if (failure[0] != null) {
            throw new IllegalStateException(name + " was not released", failure[0]);
        }
        return name;
    }
}
