package dev.gearshift.executors.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** A record: its components in order, through the accessors and the canonical constructor. */
final class RecordForm extends Form {
    private static final int HEADER = 16;
    private static final int REFERENCE = 8;

    private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);
    private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

    private final String[] names;
    private final Class<?>[] types;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;
    private Form[] forms = {};

    /** @throws Misfit if the record's module does not let us in */
    RecordForm(Class<?> type) {
        super(type, weight(type.getRecordComponents()));
        RecordComponent[] components = type.getRecordComponents();
        names = new String[components.length];
        accessors = new MethodHandle[components.length];
        types = new Class<?>[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (int i = 0; i < components.length; i++) {
                names[i] = components[i].getName();
                types[i] = components[i].getType();
                accessors[i] = lookup.unreflect(components[i].getAccessor()).asType(ACCESSOR);
            }
            constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(CONSTRUCTOR);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new Misfit("its constructor and accessors cannot be reached", "Make it an ordinary record.", e);
        } catch (IllegalArgumentException e) {
            throw new Misfit(
                    "its " + components.length + " components are more than a method handle takes",
                    "Group them in records.",
                    e);
        }
    }

    /** A primitive component is charged as the box that it is read as; what that is too much is taken back here. */
    private static int weight(RecordComponent[] components) {
        int weight = HEADER;
        for (RecordComponent component : components) {
            Class<?> type = component.getType();
            Form primitive = type.isPrimitive() ? Scalar.formOf(type) : null;
            weight += primitive == null ? REFERENCE : Scalar.width(type) - primitive.weight();
        }
        return weight;
    }

    /** The forms of the components, in order. They may hold the record itself, so they come after it. */
    void components(Form[] all) {
        forms = all;
    }

    @Override
    void put(Object value, WireWriter out) {
        out.enter(forms.length);
        int i = 0;
        try {
            for (; i < forms.length; i++) {
                forms[i].write(component(i, value), out);
            }
        } catch (Misfit e) {
            throw e.in("." + names[i]);
        }
        out.leave();
    }

    private @Nullable Object component(int i, Object value) {
        try {
            return (Object) accessors[i].invokeExact(value);
        } catch (StackOverflowError | OutOfMemoryError | ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw new Misfit("its accessor threw " + Texts.told(e), "Let it return the component.", e);
        }
    }

    @Override
    Object take(WireReader in) {
        in.enter();
        @Nullable Object[] arguments = new @Nullable Object[forms.length];
        int i = 0;
        try {
            for (; i < forms.length; i++) {
                in.next();
                arguments[i] = forms[i].read(in);
                if (arguments[i] == null && types[i].isPrimitive()) {
                    throw new Malformed("null, which is no " + types[i]);
                }
            }
        } catch (Malformed e) {
            throw e.in("." + names[i]);
        }
        in.leave();
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (StackOverflowError | OutOfMemoryError | ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw new Malformed("the constructor of " + raw().getTypeName() + " threw " + Texts.told(e), e);
        }
    }

    @Override
    void describe(Shape shape) {
        shape.add("{");
        for (int i = 0; i < forms.length; i++) {
            shape.add(names[i])
                    .add(types[i].isPrimitive() ? "!" : ":")
                    .add(forms[i])
                    .add(",");
        }
        shape.add("}");
    }
}
