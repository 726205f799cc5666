/** The Imgur API v3 client, the file downloader, and the ways both can fail. */
@NullMarked
package dev.gearshift.imgur;

import org.jspecify.annotations.NullMarked;
