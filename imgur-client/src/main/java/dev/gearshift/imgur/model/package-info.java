/** What Imgur answers with, as records: nothing an answer holds is lost, and no odd value makes one fail. */
@NullMarked
package dev.gearshift.imgur.model;

import org.jspecify.annotations.NullMarked;
