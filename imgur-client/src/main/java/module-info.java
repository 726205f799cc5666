/**
 * A typed client for the Imgur API v3, and a downloader of files for which no client id is needed.
 *
 * <p>Start at {@link dev.gearshift.imgur.ImgurClient} or {@link dev.gearshift.imgur.FileDownloader}. What Imgur answers
 * with is in {@link dev.gearshift.imgur.model}.
 */
module dev.gearshift.imgur.client {
    requires com.google.common;
    requires transitive java.net.http;
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports dev.gearshift.imgur;
    exports dev.gearshift.imgur.model;
}
