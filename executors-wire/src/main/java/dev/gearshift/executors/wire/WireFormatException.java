package dev.gearshift.executors.wire;

import org.jspecify.annotations.Nullable;

/**
 * Bytes are not an encoding of the type they were read as: cut short, damaged, beyond the limits, written for another
 * version of the classes, or refused by the constructor of a record. The message names the component. Only the value
 * that was being read is lost.
 */
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WireFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
