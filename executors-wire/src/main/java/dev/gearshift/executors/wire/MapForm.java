package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and values by turns, in the map's order. Read as unmodifiable. */
final class MapForm extends Form {
    private final boolean sequenced;
    private final Form key;
    private final Form value;

    /** @param sequenced whether the declared type has a first and a last entry, which the unmodifiable view lacks */
    MapForm(Class<?> type, boolean sequenced, Form key, Form value) {
        super(type);
        this.sequenced = sequenced;
        this.key = key;
        this.value = value;
    }

    @Override
    void put(Object map, WireWriter out) {
        List<@Nullable Object> turns = new ArrayList<>();
        ((Map<?, ?>) map).forEach((k, v) -> {
            turns.add(k);
            turns.add(v);
        });
        out.enter(turns.size());
        int i = 0;
        try {
            for (; i < turns.size(); i++) {
                (i % 2 == 0 ? key : value).write(turns.get(i), out);
                out.room(0);
            }
        } catch (Misfit e) {
            throw e.in(i % 2 == 0 ? "[key]" : "[value]");
        }
        out.leave();
    }

    @Override
    Object take(WireReader in) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        in.enter();
        String at = "[key]";
        try {
            while (in.more()) {
                Object nextKey = key.read(in);
                int before = map.size();
                at = "[value]";
                in.next();
                map.put(nextKey, value.read(in));
                at = "[key]";
                if (map.size() == before) {
                    throw new Malformed("it equals a key before it");
                }
            }
        } catch (Malformed e) {
            throw e.in(at);
        }
        in.left();
        return sequenced ? map : Collections.unmodifiableMap(map);
    }

    @Override
    void describe(Shape shape) {
        shape.add("map").add(key).add("=").add(value);
    }
}
