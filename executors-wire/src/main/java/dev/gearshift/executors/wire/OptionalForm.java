package dev.gearshift.executors.wire;

import java.util.Optional;

/** An array of one part, or of none. */
final class OptionalForm extends Form {
    private static final int WEIGHT = 16;

    private final Form value;

    OptionalForm(Form value) {
        super(Optional.class, 0);
        this.value = value;
    }

    @Override
    void put(Object optional, WireWriter out) {
        Optional<?> from = (Optional<?>) optional;
        out.enter(from.isPresent() ? 1 : 0);
        if (from.isPresent()) {
            out.charge(WEIGHT);
            value.write(from.get(), out);
        }
        out.leave();
    }

    @Override
    Object take(WireReader in) {
        in.enter();
        if (!in.more()) {
            in.left();
            return Optional.empty();
        }
        in.charge(WEIGHT);
        Object read = value.read(in);
        if (read == null) {
            throw new Malformed("an Optional of null");
        }
        in.leave();
        return Optional.of(read);
    }

    @Override
    void describe(Shape shape) {
        shape.add("?").add(value);
    }
}
