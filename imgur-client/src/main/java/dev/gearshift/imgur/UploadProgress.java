package dev.gearshift.imgur;

/**
 * Hears how far an upload is. It is called by the thread that moves the bytes, and must be quick.
 */
@FunctionalInterface
public interface UploadProgress {

    /**
     * More was handed to the connection. An attempt begins with 0 again.
     *
     * @param sent bytes so far, the form around the file included
     * @param total bytes there are; −1 if that is not known
     */
    void sent(long sent, long total);
}
