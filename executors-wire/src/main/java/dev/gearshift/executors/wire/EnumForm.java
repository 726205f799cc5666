package dev.gearshift.executors.wire;

import java.util.HashMap;
import java.util.Map;

/** A constant travels by its name, so that constants may be added and reordered. */
final class EnumForm extends Form {
    private final Map<String, Enum<?>> constants = new HashMap<>();

    EnumForm(Class<?> type) {
        super(type, 0);
        Object[] all = type.getEnumConstants();
        if (all == null) {
            throw Misfit.unloadable(new LinkageError(type.getTypeName() + " does not tell its constants"));
        }
        for (Object constant : all) {
            constants.put(((Enum<?>) constant).name(), (Enum<?>) constant);
        }
    }

    @Override
    void put(Object value, WireWriter out) {
        out.text(((Enum<?>) value).name());
    }

    @Override
    Object take(WireReader in) {
        String name = in.text();
        Enum<?> constant = constants.get(name);
        if (constant == null) {
            throw new Malformed(raw().getTypeName() + " has no constant \"" + Texts.cut(name) + "\" here");
        }
        return constant;
    }

    @Override
    void describe(Shape shape) {
        shape.add("enum");
    }
}
