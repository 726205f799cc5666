package dev.gearshift.executors.wire;

import java.util.List;

/** A value of a sealed hierarchy: which leaf, and the leaf. */
final class SealedForm extends Form {
    private List<Form> leaves = List.of();

    SealedForm(Class<?> type) {
        super(type, 0);
    }

    /** The leaves may hold the hierarchy itself, so they come after it. */
    void leaves(List<Form> all) {
        leaves = List.copyOf(all);
    }

    @Override
    void put(Object value, WireWriter out) {
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).raw().isInstance(value)) {
                out.begin(2);
                out.integer(i);
                try {
                    leaves.get(i).write(value, out);
                } catch (Misfit e) {
                    throw e.in(step(leaves.get(i).raw()));
                }
                out.end();
                return;
            }
        }
        throw new Misfit(
                "its class, " + value.getClass().getTypeName() + ", is none that " + raw().getTypeName() + " permits",
                "Add it to the sealed type.");
    }

    @Override
    Object take(WireReader in) {
        in.begin();
        in.next();
        int index = (int) in.integer(0, leaves.size() - 1);
        in.next();
        Object value;
        try {
            value = leaves.get(index).read(in);
        } catch (Malformed e) {
            throw e.in(step(leaves.get(index).raw()));
        }
        if (value == null) {
            throw new Malformed("a leaf that is null");
        }
        in.end();
        return value;
    }

    /** How a path tells which leaf it goes through. */
    static String step(Class<?> leaf) {
        return "(" + leaf.getSimpleName() + ")";
    }

    @Override
    void describe(Shape shape) {
        shape.add("sealed(");
        for (Form leaf : leaves) {
            shape.add(leaf.raw().getSimpleName()).add(":").add(leaf).add(",");
        }
        shape.add(")");
    }
}
