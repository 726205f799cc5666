package dev.gearshift.executors.wire;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the form of a type, or says why there is none. The list of what travels is here and in {@link Scalar}; nothing
 * else does.
 */
final class Forms {
    /** A record of {@code <T>} that holds itself of {@code <List<T>>} is a new type at each level, without an end. */
    private static final int DEEPEST_TYPE = 16;

    private static final int LARGEST_TYPE = 500;

    private static final String NAME_IT = "Name the type itself, or a sealed interface of records.";

    /** Records and sealed types on the way, by type, so that they may hold themselves. */
    private final Map<Applied, Form> begun = new HashMap<>();

    /** @throws Misfit if values of the type cannot travel */
    static Form of(Type type) {
        return new Forms().form(Applied.resolve(type, Map.of()));
    }

    private Form form(Type type) {
        if (Applied.depth(type) > DEEPEST_TYPE || Applied.size(type) > LARGEST_TYPE) {
            throw new Misfit("its type grows with each level, without an end", "Hold it with the same type arguments.");
        }
        if (type instanceof Class<?> raw) {
            return raw.getTypeParameters().length == 0 ? of(new Applied(raw, List.of())) : raw(raw);
        }
        if (type instanceof Applied applied) {
            return of(applied);
        }
        if (type instanceof Applied.ArrayOf array) {
            return array(array.element());
        }
        if (type instanceof TypeVariable<?>) {
            throw new Misfit(
                    type.getTypeName() + " is a type variable, and the other end would not know what to read",
                    "Write a task for each type, such as record OfText(String value).");
        }
        if (type instanceof WildcardType) {
            throw new Misfit(
                    "the type argument " + type.getTypeName()
                            + " is a wildcard, and the other end would not know what to read",
                    NAME_IT);
        }
        throw new Misfit(type.getTypeName() + " is no type that is known here", NAME_IT);
    }

    private Form of(Applied type) {
        try {
            return find(type);
        } catch (LinkageError | TypeNotPresentException e) {
            throw Misfit.unloadable(e);
        }
    }

    private Form find(Applied type) {
        Class<?> raw = type.raw();
        Form scalar = Scalar.formOf(raw);
        if (scalar != null) {
            return scalar;
        }
        if (raw.isArray()) {
            return array(raw.getComponentType());
        }
        Form container = container(type);
        if (container != null) {
            return container;
        }
        Form before = begun.get(type);
        if (before != null) {
            return before;
        }
        Class<?> constants = enumOf(raw);
        if (constants != null) {
            return new EnumForm(constants);
        }
        if (raw.isRecord()) {
            return record(type);
        }
        if (raw.isSealed()) {
            return sealed(type);
        }
        throw Refusals.ofType(raw);
    }

    /** The enum that a class is, or is a constant of; a constant with a body has a class of its own. */
    static @Nullable Class<?> enumOf(Class<?> raw) {
        if (raw.isEnum()) {
            return raw;
        }
        Class<?> above = raw.getSuperclass();
        return above != null && above.isEnum() ? above : null;
    }

    private Form raw(Class<?> raw) {
        throw new Misfit(
                raw.getTypeName() + " is used without type arguments",
                "Name them, such as " + raw.getSimpleName()
                        + (raw.getTypeParameters().length == 2 ? "<String, Integer>." : "<String>."));
    }

    private Form array(Type element) {
        Form form;
        try {
            form = form(element);
        } catch (Misfit e) {
            throw e.in("[]");
        }
        Class<?> raw = element instanceof Class<?> plain ? plain : form.raw();
        return new ArrayForm(form, raw);
    }

    private @Nullable Form container(Applied type) {
        Class<?> raw = type.raw();
        if (raw == Optional.class) {
            return new OptionalForm(form(type.arguments().get(0)));
        }
        CollectionForm.Kind kind = kind(raw);
        if (kind != null) {
            try {
                return new CollectionForm(raw, kind, form(type.arguments().get(0)));
            } catch (Misfit e) {
                throw e.in("[]");
            }
        }
        boolean sequenced = raw.getName().equals("java.util.SequencedMap");
        if (raw != Map.class && !sequenced) {
            return null;
        }
        String at = "[key]";
        try {
            Form key = form(type.arguments().get(0));
            at = "[value]";
            return new MapForm(raw, sequenced, key, form(type.arguments().get(1)));
        } catch (Misfit e) {
            throw e.in(at);
        }
    }

    /** The sequenced ones by name: they are of Java 21. */
    private static CollectionForm.@Nullable Kind kind(Class<?> raw) {
        if (raw == List.class) {
            return CollectionForm.Kind.LIST;
        }
        if (raw == Set.class) {
            return CollectionForm.Kind.SET;
        }
        if (raw == Collection.class) {
            return CollectionForm.Kind.COLLECTION;
        }
        return switch (raw.getName()) {
            case "java.util.SequencedSet" -> CollectionForm.Kind.SEQUENCED_SET;
            case "java.util.SequencedCollection" -> CollectionForm.Kind.COLLECTION;
            default -> null;
        };
    }

    private Form record(Applied type) {
        Class<?> raw = type.raw();
        Refusals.unreachable(raw);
        RecordForm form = new RecordForm(raw);
        begun.put(type, form);
        RecordComponent[] components = raw.getRecordComponents();
        Form[] forms = new Form[components.length];
        for (int i = 0; i < components.length; i++) {
            try {
                forms[i] = form(Applied.resolve(components[i].getGenericType(), type.bindings()));
            } catch (Misfit e) {
                throw e.in("." + components[i].getName());
            } catch (LinkageError | TypeNotPresentException e) {
                throw Misfit.unloadable(e).in("." + components[i].getName());
            }
        }
        form.components(forms);
        return form;
    }

    private Form sealed(Applied type) {
        SealedForm form = new SealedForm(type.raw());
        begun.put(type, form);
        Set<Class<?>> leaves = new LinkedHashSet<>();
        collect(type.raw(), leaves);
        List<Form> forms = new ArrayList<>();
        for (Class<?> leaf : leaves) {
            try {
                forms.add(of(leafOf(type, leaf)));
            } catch (Misfit e) {
                throw e.in(SealedForm.step(leaf));
            }
        }
        form.leaves(forms);
        return form;
    }

    /** The leaves in the order of the {@code permits} clauses, depth first; one that is permitted twice, once. */
    private static void collect(Class<?> sealed, Set<Class<?>> leaves) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord() || permitted.isEnum()) {
                leaves.add(permitted);
            } else if (permitted.isSealed()) {
                collect(permitted, leaves);
            } else {
                throw new Misfit(
                        sealed.getTypeName() + " permits " + permitted.getTypeName() + ", which is "
                                + (Modifier.isFinal(permitted.getModifiers())
                                        ? "a class, not a record"
                                        : "open to any class"),
                        "Make all that a sealed type permits records, enums or sealed themselves.");
            }
        }
    }

    /** The leaf, with its variables bound so that it is a subtype of this. */
    private static Applied leafOf(Applied sealed, Class<?> leaf) {
        Applied unbound = Applied.unbound(leaf);
        Applied above = unbound.as(sealed.raw());
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        if (above != null && above.arguments().size() == sealed.arguments().size()) {
            for (int i = 0; i < above.arguments().size(); i++) {
                bind(above.arguments().get(i), sealed.arguments().get(i), bindings);
            }
        }
        List<Type> arguments = new ArrayList<>();
        for (Type variable : unbound.arguments()) {
            arguments.add(Applied.resolve(variable, bindings));
        }
        return new Applied(leaf, arguments);
    }

    private static void bind(Type pattern, Type actual, Map<TypeVariable<?>, Type> bindings) {
        if (pattern instanceof TypeVariable<?> variable) {
            bindings.putIfAbsent(variable, actual);
        } else if (pattern instanceof Applied of
                && actual instanceof Applied as
                && of.raw() == as.raw()
                && of.arguments().size() == as.arguments().size()) {
            for (int i = 0; i < of.arguments().size(); i++) {
                bind(of.arguments().get(i), as.arguments().get(i), bindings);
            }
        }
    }

    /** A task's own form: its variables stay unbound, so that the component that has one is named. */
    static Form ofTask(Class<?> type) {
        return new Forms().of(Applied.unbound(type));
    }
}
