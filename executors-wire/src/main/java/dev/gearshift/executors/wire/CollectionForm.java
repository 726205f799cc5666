package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list, a set, or a collection that may be either. Read as unmodifiable, in the order it was written in. */
final class CollectionForm extends Form {
    /** What the declared type promises. */
    enum Kind {
        LIST(0, 64, 8),
        SET(0, 176, 56),
        /** A set that on 21 and later has a first and a last element: left modifiable, the wrapper has neither. */
        SEQUENCED_SET(72, 104, 56),
        /** Either: which, is the first part of two. */
        COLLECTION(0, 0, 0);

        private final int weight;
        private final int weightIfAny;
        private final int weightOfPlace;

        Kind(int weight, int weightIfAny, int weightOfPlace) {
            this.weight = weight;
            this.weightIfAny = weightIfAny;
            this.weightOfPlace = weightOfPlace;
        }
    }

    // A byte each in the encoding, and shared, so that many of them are no more than their places.
    private static final List<?> NO_LIST = Collections.unmodifiableList(new ArrayList<>(0));
    private static final Set<?> NO_SET = Collections.unmodifiableSet(new HashSet<>(0));

    private final Kind kind;
    private final Form element;

    CollectionForm(Class<?> type, Kind kind, Form element) {
        super(type, kind.weight);
        this.kind = kind;
        this.element = element;
    }

    @Override
    void put(Object value, WireWriter out) {
        Collection<?> collection = (Collection<?>) value;
        boolean set = kind != Kind.LIST && collection instanceof Set;
        @Nullable Object[] elements = collection.toArray();
        if (set && !distinct(collection, elements)) {
            throw new Misfit(
                    "it is a set with elements that equal one another", "Pass one that goes by equals, or a List.");
        }
        Kind actual = actual(set);
        if (kind == Kind.COLLECTION) {
            out.charge(actual.weight);
            out.begin(2);
            out.bool(set);
        }
        if (elements.length > 0) {
            out.charge(actual.weightIfAny);
        }
        elements(elements, element, out, actual.weightOfPlace);
        if (kind == Kind.COLLECTION) {
            out.end();
        }
    }

    /** Whether no two are equal. Sets of the usual classes are taken at their word. */
    static boolean distinct(Object holder, @Nullable Object[] elements) {
        String name = holder.getClass().getName();
        return name.startsWith("java.util.Hash")
                || name.startsWith("java.util.LinkedHash")
                || name.startsWith("java.util.ImmutableCollections$")
                || new HashSet<>(Arrays.asList(elements)).size() == elements.length;
    }

    private Kind actual(boolean set) {
        return kind != Kind.COLLECTION ? kind : set ? Kind.SEQUENCED_SET : Kind.LIST;
    }

    @Override
    Object take(WireReader in) {
        if (kind != Kind.COLLECTION) {
            return read(in, kind);
        }
        in.begin();
        in.next();
        Kind actual = actual(in.bool());
        in.charge(actual.weight);
        in.next();
        Object read = read(in, actual);
        in.end();
        return read;
    }

    private Object read(WireReader in, Kind actual) {
        in.enter();
        if (!in.more()) {
            in.left();
            return actual == Kind.LIST ? NO_LIST : actual == Kind.SET ? NO_SET : new LinkedHashSet<>();
        }
        in.charge(actual.weightIfAny);
        if (actual == Kind.LIST) {
            List<@Nullable Object> list = new ArrayList<>(0);
            elements(in, element, list, actual.weightOfPlace);
            return Collections.unmodifiableList(list);
        }
        Set<@Nullable Object> set = new LinkedHashSet<>();
        elements(in, element, set, actual.weightOfPlace);
        return actual == Kind.SET ? Collections.unmodifiableSet(set) : set;
    }

    @Override
    void describe(Shape shape) {
        shape.add(kind.name()).add(element);
    }

    /** @param weightOfPlace what each element takes, without itself */
    static void elements(@Nullable Object[] elements, Form form, WireWriter out, int weightOfPlace) {
        out.enter(elements.length);
        int i = 0;
        try {
            for (; i < elements.length; i++) {
                out.charge(weightOfPlace);
                form.write(elements[i], out);
                out.room(0);
            }
        } catch (Misfit e) {
            throw e.in("[" + i + "]");
        }
        out.leave();
    }

    /**
     * The first element, where the reader stands, and the others.
     *
     * @param weightOfPlace what each element takes, without itself
     */
    static void elements(WireReader in, Form form, Collection<@Nullable Object> into, int weightOfPlace) {
        Collisions collisions = into instanceof Set ? new Collisions(into, in) : null;
        int i = 0;
        try {
            do {
                in.charge(weightOfPlace);
                long before = in.effort();
                Object element = form.read(in);
                if (collisions != null) {
                    collisions.coming(element, in.effort() - before);
                }
                if (!into.add(element)) {
                    throw new Malformed("it equals an element before it");
                }
                i++;
            } while (in.more());
        } catch (Malformed e) {
            throw e.in("[" + i + "]");
        } catch (StackOverflowError | OutOfMemoryError | ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw Malformed.thrown(e).in("[" + i + "]"); // by hashCode or equals of an element
        }
        in.left();
    }
}
