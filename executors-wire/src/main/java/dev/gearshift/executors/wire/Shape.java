package dev.gearshift.executors.wire;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A type in outline, as a text: component names and their types, names of sealed leaves. Two ends whose outlines differ
 * would misread each other. Enum constants are left out: they travel by name, and adding one is no change.
 */
final class Shape {
    private final StringBuilder text = new StringBuilder();
    private final Map<Form, Integer> seen = new IdentityHashMap<>();

    static int fingerprint(Form form) {
        Shape shape = new Shape();
        shape.add(form);
        CRC32 crc = new CRC32();
        crc.update(shape.text.toString().getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    Shape add(String part) {
        text.append(part);
        return this;
    }

    Shape add(Form form) {
        Integer before = seen.putIfAbsent(form, seen.size());
        if (before == null) {
            form.describe(this);
        } else {
            text.append('^').append(before.intValue());
        }
        return this;
    }
}
