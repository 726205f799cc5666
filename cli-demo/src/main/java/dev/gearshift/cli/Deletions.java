package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Deletes images by their deletehashes, and repeats none of them. */
final class Deletions {
    private final List<Named> named = new ArrayList<>();

    private Deletions() {}

    /** A deletehash, and where it was named. */
    private record Named(String deletehash, String where) {
        @Override
        public String toString() {
            return where;
        }
    }

    /**
     * What is printed with {@code --json}; the failures name the place of the deletehash, from 1.
     *
     * @param notTried how many were left when it was interrupted
     */
    record Report(int deleted, int notTried, List<Batch.Failed> failures) {}

    /**
     * Reads all that is to be deleted before anything is.
     *
     * @param words deletehashes or addresses with one; {@code -} for such from standard input, one a line
     * @throws UsageException if one of them is none, or there are none
     */
    static Deletions of(List<String> words, InputStream standardInput) throws IOException {
        Deletions all = new Deletions();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-")) {
                all.addLines(new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8)));
            } else {
                all.add(words.get(i), "--delete number " + (i + 1));
            }
        }
        if (all.named.isEmpty()) {
            throw new UsageException("Standard input names nothing to delete.");
        }
        return all;
    }

    private void addLines(BufferedReader lines) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                add(line, "line " + number + " of standard input");
            }
        }
    }

    private void add(String text, String where) {
        String word = text.strip();
        if (word.matches("[A-Za-z0-9]+")) {
            named.add(new Named(word, where));
        } else if (ImgurUrl.parse(word) instanceof ImgurUrl.Deletion address) {
            named.add(new Named(address.deletehash(), where));
        } else {
            throw new UsageException("What " + where + " names is no deletehash of letters and digits, nor the address"
                    + " that ends in one; nothing was deleted.");
        }
    }

    int run(ImgurClient client, Interruption interruption, boolean json, PrintWriter out) {
        List<Batch.Failed> failures = new ArrayList<>();
        int tried = 0;
        while (tried < named.size() && !interruption.happened()) {
            Named one = named.get(tried);
            tried++;
            try {
                client.images().delete(one.deletehash()).send();
            } catch (ImgurException e) {
                if (e instanceof ImgurException.NotFound && CreditsText.wentUnanswered(e)) {
                    continue; // An attempt that nothing came back from has done it.
                }
                String more = CreditsText.mayBeDone(e) ? " It may be deleted all the same." : "";
                failures.add(new Batch.Failed(one.where(), CreditsText.reason(e, Clock.systemUTC()) + more));
            }
        }
        report(new Report(tried - failures.size(), named.size() - tried, failures), json, out);
        if (interruption.happened()) {
            return Main.INTERRUPTED;
        }
        return failures.isEmpty() ? 0 : Main.FAILED;
    }

    private static void report(Report report, boolean json, PrintWriter out) {
        if (json) {
            JsonOutput.print(out, report);
            return;
        }
        report.failures().forEach(failure -> out.println("failed: " + failure.what() + ": " + failure.reason()));
        out.println(report.deleted() + " deleted"
                + (report.failures().isEmpty() ? "" : ", " + report.failures().size() + " failed")
                + (report.notTried() == 0 ? "" : ", interrupted with " + report.notTried() + " to go"));
        out.flush();
    }
}
