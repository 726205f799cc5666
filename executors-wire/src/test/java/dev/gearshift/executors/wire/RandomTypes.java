package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes a source file of records, enums and sealed interfaces that hold one another, and all else that travels. */
final class RandomTypes {
    private static final String[] SCALARS = {
        "boolean",
        "byte",
        "short",
        "char",
        "int",
        "long",
        "float",
        "double",
        "Boolean",
        "Byte",
        "Short",
        "Character",
        "Integer",
        "Long",
        "Float",
        "Double",
        "String",
        "BigInteger",
        "BigDecimal",
        "UUID",
        "URI",
        "Path",
        "File",
        "Duration",
        "Period",
        "Instant",
        "LocalDate",
        "LocalTime",
        "LocalDateTime",
        "OffsetDateTime",
        "ZonedDateTime",
        "ZoneOffset",
        "ZoneId",
        "OptionalInt",
        "OptionalLong",
        "OptionalDouble",
        "TimeUnit",
        "Colour"
    };

    private static final String[] PRIMITIVES = {"boolean", "byte", "short", "char", "int", "long", "float", "double"};

    private final Random random;
    private final List<String> plain = new ArrayList<>();
    private final List<String> generic = new ArrayList<>();

    private RandomTypes(Random random) {
        this.random = random;
    }

    /** The source of a class {@code Types} whose nested record {@code Root} is the type to try. */
    static String source(Random random) {
        return new RandomTypes(random).write();
    }

    private String write() {
        StringBuilder text = new StringBuilder("""
                import java.io.File;
                import java.math.*;
                import java.net.URI;
                import java.nio.file.Path;
                import java.time.*;
                import java.util.*;
                import java.util.concurrent.TimeUnit;

                final class Types {
                    enum Colour { RED, GREEN { @Override public String toString() { return "?"; } }, BLUE }
                """);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            text.append("    private record Pair" + i + "<A, B>("
                    + components(List.of("A", "B", "List<A>", "Map<B, A>")) + ") {}\n");
            generic.add("Pair" + i);
        }
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            String name = "Some" + i;
            text.append("    record " + name + "(" + components(List.of("List<" + name + ">")) + ") {}\n");
            plain.add(name);
        }
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String name = "Sealed" + i;
            text.append("    sealed interface " + name + " permits " + name + "A, " + name + "B, " + name + "C {}\n");
            text.append("    record " + name + "A(" + components(List.of(name, "Optional<" + name + ">"))
                    + ") implements " + name + " {}\n");
            text.append("    enum " + name + "B implements " + name + " { ONE, TWO }\n");
            text.append("    sealed interface " + name + "C extends " + name + " {}\n");
            text.append("    record " + name + "D(" + components(List.of()) + ") implements " + name + "C {}\n");
            plain.add(name);
        }
        return text.append("    record Root(" + components(List.of()) + ") {}\n}\n")
                .toString();
    }

    private String components(List<String> further) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            String type = !further.isEmpty() && random.nextInt(3) == 0
                    ? further.get(random.nextInt(further.size()))
                    : type(3, true);
            text.append(i == 0 ? "" : ", ").append(type).append(" c").append(i);
        }
        return text.toString();
    }

    private String type(int depth, boolean primitive) {
        int choice = depth == 0 ? 0 : random.nextInt(12);
        return switch (choice) {
            case 0, 1, 2, 3 ->
                SCALARS[primitive ? random.nextInt(SCALARS.length) : 8 + random.nextInt(SCALARS.length - 8)];
            case 4 -> "List<" + type(depth - 1, false) + ">";
            case 5 -> "Set<" + type(depth - 1, false) + ">";
            case 6 -> "Collection<" + type(depth - 1, false) + ">";
            case 7 -> "Map<" + type(depth - 1, false) + ", " + type(depth - 1, false) + ">";
            case 8 -> "Optional<" + type(depth - 1, false) + ">";
            case 9 -> PRIMITIVES[random.nextInt(PRIMITIVES.length)] + "[]";
            case 10 ->
                generic.isEmpty()
                        ? type(depth - 1, false) + "[]"
                        : generic.get(random.nextInt(generic.size())) + "<" + type(depth - 1, false) + ", "
                                + type(depth - 1, false) + ">";
            default -> plain.isEmpty() ? "String" : plain.get(random.nextInt(plain.size()));
        };
    }
}
