package dev.gearshift.executors.wire;

import org.jspecify.annotations.Nullable;

/** How the values of one type are written and read. Immutable once it is built. */
abstract class Form {
    private final Class<?> raw;

    Form(Class<?> raw) {
        this.raw = raw;
    }

    final Class<?> raw() {
        return raw;
    }

    final void write(@Nullable Object value, WireWriter out) {
        if (value == null) {
            out.nothing();
        } else if (raw.isInstance(value)) {
            put(value, out);
        } else {
            throw new Misfit(
                    "it holds a " + value.getClass().getTypeName() + ", and is declared as " + raw.getTypeName(),
                    "Find the unchecked cast that put it there.");
        }
    }

    /** Reads the value that the reader stands at. */
    final @Nullable Object read(WireReader in) {
        return in.atNothing() ? null : take(in);
    }

    abstract void put(Object value, WireWriter out);

    abstract Object take(WireReader in);

    /** Tells the shape: whatever both ends must agree on. */
    abstract void describe(Shape shape);
}
