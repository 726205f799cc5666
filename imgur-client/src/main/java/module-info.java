/**
 * A typed client for the Imgur API v3, and a downloader of files for which no client id is needed.
 *
 * <p>Start at {@link dev.gearshift.imgur.ImgurClient} or {@link dev.gearshift.imgur.FileDownloader}. What Imgur answers
 * with is in {@link dev.gearshift.imgur.model}.
 */
@SuppressWarnings("module") // executors-wire is there only where tasks leave the JVM
module dev.gearshift.imgur.client {
    requires com.google.common;
    requires transitive java.net.http;
    requires methanol;
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports dev.gearshift.imgur;
    exports dev.gearshift.imgur.model;

    // DownloadedFile is the result of a task.
    opens dev.gearshift.imgur to
            dev.gearshift.executors.wire;
}
