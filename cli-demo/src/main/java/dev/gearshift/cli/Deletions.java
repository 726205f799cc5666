package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurUrl;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Deletes images by their deletehashes, and repeats none of them. */
final class Deletions {
    private Deletions() {}

    /** What is printed with {@code --json}; the failures name the place of the deletehash, from 1. */
    record Report(int deleted, List<Batch.Failed> failures) {}

    static int run(ImgurClient client, List<String> deletehashes, boolean json, PrintWriter out) {
        List<Batch.Failed> failures = new ArrayList<>();
        for (int i = 0; i < deletehashes.size(); i++) {
            try {
                client.images().delete(hash(deletehashes.get(i))).send();
            } catch (ImgurException e) {
                failures.add(new Batch.Failed("--delete number " + (i + 1), CreditsText.reason(e, Clock.systemUTC())));
            }
        }
        Report report = new Report(deletehashes.size() - failures.size(), failures);
        if (json) {
            JsonOutput.print(out, report);
        } else {
            failures.forEach(failure -> out.println("failed: " + failure.what() + ": " + failure.reason()));
            out.println(report.deleted() + " deleted" + (failures.isEmpty() ? "" : ", " + failures.size() + " failed"));
            out.flush();
        }
        return failures.isEmpty() ? 0 : Main.FAILED;
    }

    private static String hash(String text) {
        String word = text.strip();
        if (!word.matches("[A-Za-z0-9]+")) {
            if (ImgurUrl.parse(word) instanceof ImgurUrl.Deletion address) {
                return address.deletehash();
            }
            throw new UsageException(
                    "--delete takes a deletehash of letters and digits, or the address that ends in one.");
        }
        return word;
    }
}
