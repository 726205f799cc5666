package com.example.words;

import static com.example.words.Java.APPLICATION;
import static com.example.words.Java.jar;
import static com.example.words.Java.path;

import java.nio.file.Path;
import java.util.stream.Stream;
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
    void processesCount() throws Exception {
        Stream<Path> strategy = Stream.of(Java.PROCESSES).map(Java::jar);
        Path[] all = Stream.concat(Stream.of(APPLICATION, jar("executors-spi")), strategy)
                .toArray(Path[]::new);
        Java.run("-cp", path(all), APP).hasCountedWith("processes");
    }

    @Test
    void virtualThreadsCountOrSayWhyNot() throws Exception {
        Java.run("-cp", path(APPLICATION, jar("executors-spi"), jar("executors-virtual")), APP)
                .hasCountedWithVirtualThreadsOrSaidWhyNot("");
    }
}
