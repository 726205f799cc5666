package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and values by turns, in the map's order. Read as unmodifiable. */
final class MapForm extends Form {
    private static final int WEIGHT = 64;
    private static final int WEIGHT_IF_ANY = 160;
    private static final int WEIGHT_OF_PLACE = 56;

    private static final Map<?, ?> NO_MAP = Collections.unmodifiableMap(new HashMap<>(0));

    private final boolean sequenced;
    private final Form key;
    private final Form value;

    /** @param sequenced whether the declared type has a first and a last entry, which the unmodifiable view lacks */
    MapForm(Class<?> type, boolean sequenced, Form key, Form value) {
        super(type, sequenced ? WEIGHT : 0);
        this.sequenced = sequenced;
        this.key = key;
        this.value = value;
    }

    @Override
    void put(Object map, WireWriter out) {
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        ((Map<?, ?>) map).forEach((k, v) -> {
            keys.add(k);
            values.add(v);
        });
        if (!CollectionForm.distinct(map, keys.toArray())) {
            throw new Misfit("it is a map with keys that equal one another", "Pass one that goes by equals.");
        }
        if (!keys.isEmpty()) {
            out.charge(WEIGHT_IF_ANY);
        }
        out.enter(2 * keys.size());
        String at = "[key]";
        try {
            for (int i = 0; i < keys.size(); i++) {
                out.charge(WEIGHT_OF_PLACE);
                at = "[key]";
                key.write(keys.get(i), out);
                at = "[value]";
                value.write(values.get(i), out);
                out.room(0);
            }
        } catch (Misfit e) {
            throw e.in(at);
        }
        out.leave();
    }

    @Override
    Object take(WireReader in) {
        in.enter();
        if (!in.more()) {
            in.left();
            return sequenced ? new LinkedHashMap<>() : NO_MAP;
        }
        in.charge(WEIGHT_IF_ANY);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        Collisions collisions = new Collisions(map.keySet(), in);
        String at = "[key]";
        try {
            do {
                int size = map.size();
                in.charge(WEIGHT_OF_PLACE);
                long before = in.effort();
                Object nextKey = key.read(in);
                collisions.coming(nextKey, in.effort() - before);
                at = "[value]";
                in.next();
                Object nextValue = value.read(in);
                at = "[key]";
                map.put(nextKey, nextValue);
                if (map.size() == size) {
                    throw new Malformed("it equals a key before it");
                }
            } while (in.more());
        } catch (Malformed e) {
            throw e.in(at);
        } catch (StackOverflowError | OutOfMemoryError | ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw Malformed.thrown(e).in(at); // by hashCode or equals of a key
        }
        in.left();
        return sequenced ? map : Collections.unmodifiableMap(map);
    }

    @Override
    void describe(Shape shape) {
        shape.add("map").add(key).add("=").add(value);
    }
}
