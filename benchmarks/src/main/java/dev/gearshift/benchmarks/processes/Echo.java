package dev.gearshift.benchmarks.processes;

import dev.gearshift.executors.Task;

/** Bytes, there and back. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Echo(byte[] bytes) implements Task<byte[]> {
    @Override
    public byte[] call() {
        return bytes;
    }
}
