package dev.gearshift.imgur.simulator;

/** Somebody with a name at Imgur. */
record Account(String name, int id) {}
