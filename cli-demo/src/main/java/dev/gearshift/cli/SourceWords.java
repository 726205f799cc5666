package dev.gearshift.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the words of a command line, and the lists among them, to their end: a mistake is found before anything is asked. */
final class SourceWords {
    private final InputStream standardInput;
    private final long limit;
    private final List<Source> sources = new ArrayList<>();
    private final Set<URI> files = new HashSet<>();

    /**
     * Words of which nothing is read yet.
     *
     * @param limit how many images are wanted at most: no list is read further than that many files
     */
    SourceWords(InputStream standardInput, long limit) {
        this.standardInput = standardInput;
        this.limit = limit;
    }

    List<Source> read(List<String> words) throws IOException {
        for (String word : words) {
            if (word.equals("-")) {
                addLines(
                        new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8)),
                        "standard input");
            } else if (word.startsWith("@")) {
                addFile(word.substring(1));
            } else {
                add(Source.of(word, null));
            }
        }
        return List.copyOf(sources);
    }

    private void add(Source source) {
        sources.add(source);
        if (source instanceof Source.OfFile file) {
            files.add(file.address());
        }
    }

    private void addFile(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException("The list " + file + " cannot be read: name a text file with one source a line.");
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            addLines(lines, file.toString());
        } catch (CharacterCodingException e) {
            throw new UsageException(
                    "The list " + file + " is no UTF-8 text: name a text file with one source a line.", e);
        }
    }

    private void addLines(BufferedReader lines, String where) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null && files.size() < limit; line = lines.readLine()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                add(Source.of(text, "line " + number + " of " + where));
            }
        }
    }
}
