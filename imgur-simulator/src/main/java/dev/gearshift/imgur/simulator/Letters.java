package dev.gearshift.imgur.simulator;

/** Names of letters and digits. */
final class Letters {

    private static final String ALL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private Letters() {}

    /** A name of up to ten letters, chosen by a number. */
    static String of(long number, int length) {
        long left = number >>> 1;
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(ALL.charAt((int) (left % ALL.length())));
            left /= ALL.length();
        }
        return letters.toString();
    }
}
