package com.example.words;

import static com.example.words.Java.APPLICATION;
import static com.example.words.Java.jar;
import static com.example.words.Java.path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same jars on the class path. */
@Timeout(120)
class ClassPathJarTests {
    private static final String APP = "com.example.words.App";

    @ParameterizedTest
    @CsvSource({"executors-threads, threads", "executors-async, async", "watched-strategy, watched"})
    void theOnlyStrategyOnThePathIsTaken(String artifactId, String id) throws Exception {
        Java.run("-cp", path(APPLICATION, jar("executors-spi"), jar(artifactId)), APP)
                .hasCountedWith(id);
    }

    @Test
    void virtualThreadsCountOrSayWhyNot() throws Exception {
        Java.run("-cp", path(APPLICATION, jar("executors-spi"), jar("executors-virtual")), APP)
                .hasCountedWithVirtualThreadsOrSaidWhyNot("");
    }
}
