package dev.gearshift.executors.redis;

/** The real servers that the tests run on. */
final class Redises {
    /** 6.2, the oldest that is supported. */
    static final String SIX = "redis-server-6.2.6-v5-linux-amd64";

    /** 7.0. */
    static final String SEVEN = "redis-server-7.0.15-linux-amd64";

    private Redises() {}
}
