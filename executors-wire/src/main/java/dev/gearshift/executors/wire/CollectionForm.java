package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list, a set, or a collection that may be either. Read as unmodifiable, in the order it was written in. */
final class CollectionForm extends Form {
    /** What the declared type promises. */
    enum Kind {
        LIST,
        SET,
        /** A set that on 21 and later has a first and a last element: left modifiable, the wrapper has neither. */
        SEQUENCED_SET,
        /** Either: which, is the first part of two. */
        COLLECTION
    }

    private final Kind kind;
    private final Form element;

    CollectionForm(Class<?> type, Kind kind, Form element) {
        super(type);
        this.kind = kind;
        this.element = element;
    }

    @Override
    void put(Object value, WireWriter out) {
        Collection<?> collection = (Collection<?>) value;
        if (kind == Kind.COLLECTION) {
            out.begin(2);
            out.bool(collection instanceof Set);
        }
        elements(collection.toArray(), element, out);
        if (kind == Kind.COLLECTION) {
            out.end();
        }
    }

    @Override
    Object take(WireReader in) {
        if (kind != Kind.COLLECTION) {
            return read(in, kind);
        }
        in.begin();
        in.next();
        Kind actual = in.bool() ? Kind.SEQUENCED_SET : Kind.LIST;
        in.next();
        Object read = read(in, actual);
        in.end();
        return read;
    }

    private Object read(WireReader in, Kind actual) {
        if (actual == Kind.LIST) {
            List<@Nullable Object> list = new ArrayList<>(0);
            elements(in, element, list);
            return Collections.unmodifiableList(list);
        }
        Set<@Nullable Object> set = new LinkedHashSet<>();
        elements(in, element, set);
        return actual == Kind.SET ? Collections.unmodifiableSet(set) : set;
    }

    @Override
    void describe(Shape shape) {
        shape.add(kind.name()).add(element);
    }

    static void elements(@Nullable Object[] elements, Form form, WireWriter out) {
        out.enter(elements.length);
        int i = 0;
        try {
            for (; i < elements.length; i++) {
                form.write(elements[i], out);
                out.room(0);
            }
        } catch (Misfit e) {
            throw e.in("[" + i + "]");
        }
        out.leave();
    }

    static void elements(WireReader in, Form form, Collection<@Nullable Object> into) {
        in.enter();
        int i = 0;
        try {
            while (in.more()) {
                if (!into.add(form.read(in))) {
                    throw new Malformed("it equals an element before it");
                }
                i++;
            }
        } catch (Malformed e) {
            throw e.in("[" + i + "]");
        }
        in.left();
    }
}
