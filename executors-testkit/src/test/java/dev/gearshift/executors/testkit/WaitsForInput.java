package dev.gearshift.executors.testkit;

import java.io.IOException;

/** A program that ends when its input does. */
final class WaitsForInput {
    private WaitsForInput() {}

    /** Waits. */
    public static void main(String[] args) throws IOException {
        System.in.read();
    }
}
