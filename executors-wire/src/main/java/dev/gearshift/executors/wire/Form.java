package dev.gearshift.executors.wire;

import org.jspecify.annotations.Nullable;

/** How the values of one type are written and read. Immutable once it is built. */
abstract class Form {
    private final Class<?> raw;
    private final int weight;

    /** @param weight bytes of the heap for each value, without its parts */
    Form(Class<?> raw, int weight) {
        this.raw = raw;
        this.weight = weight;
    }

    final Class<?> raw() {
        return raw;
    }

    final int weight() {
        return weight;
    }

    final void write(@Nullable Object value, WireWriter out) {
        if (value == null) {
            out.nothing();
            return;
        }
        if (!raw.isInstance(value)) {
            throw new Misfit(
                    "it holds a " + value.getClass().getTypeName() + ", and is declared as " + raw.getTypeName(),
                    "Find the unchecked cast that put it there.");
        }
        out.charge(weight);
        try {
            put(value, out);
        } catch (Misfit | StackOverflowError | OutOfMemoryError | ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw Misfit.thrown(e); // by a collection or an element of the caller's, so it may be anything
        }
    }

    /** Reads the value that the reader stands at. */
    final @Nullable Object read(WireReader in) {
        if (in.atNothing()) {
            return null;
        }
        in.charge(weight);
        try {
            return take(in);
        } catch (Malformed | StackOverflowError | OutOfMemoryError | ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw Malformed.thrown(e); // by the parser, by a factory of the JDK, or by equals or hashCode of a record
        }
    }

    abstract void put(Object value, WireWriter out);

    abstract Object take(WireReader in);

    /** Tells the shape: whatever both ends must agree on. */
    abstract void describe(Shape shape);
}
