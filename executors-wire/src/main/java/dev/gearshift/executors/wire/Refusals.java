package dev.gearshift.executors.wire;

import dev.gearshift.executors.Task;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Why a class has no form, and what to write instead. */
final class Refusals {
    private static final String WRITE_A_RECORD = "Write the task as a record whose components are what it needs.";

    private Refusals() {}

    static Misfit ofType(Class<?> type) {
        if (type == Object.class) {
            return new Misfit(
                    "java.lang.Object could be anything, and the other end would not know what to read",
                    "Name the type itself, or a sealed interface of records.");
        }
        if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return new Misfit(
                    type.getTypeName() + " is not among the collections that travel",
                    "Declare it as List, Set, Collection or Map: the order is kept.");
        }
        if (type == Callable.class || type == Runnable.class) {
            return new Misfit(
                    type.getTypeName() + " could be any code, and code does not travel",
                    "Write it as a record that implements dev.gearshift.executors.Task.");
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return new Misfit(
                    type.getTypeName() + " is open to any class, and the other end would not know what to read",
                    "Seal it, and permit records and enums.");
        }
        return new Misfit(
                type.getTypeName() + " is a class, not a record",
                "Pass what it is made from (a path, a URI, an id) and make it in call(), or write it as a record.");
    }

    /** What is wrong with a class of tasks, or null if it is a record or an enum. */
    static @Nullable Misfit ofTask(Class<?> task) {
        if (!Task.class.isAssignableFrom(task)) {
            return new Misfit(
                    task.getTypeName() + " is no task",
                    "Implement dev.gearshift.executors.Task, by a record whose components are what it needs.");
        }
        int lambda = task.isHidden() ? task.getName().indexOf("$$Lambda") : -1;
        String host = lambda < 0 ? task.getName() : task.getName().substring(0, lambda);
        if (lambda >= 0) {
            return new Misfit(
                    "it is a lambda of " + host + ", which is in this JVM only" + captured(task, host), WRITE_A_RECORD);
        }
        if (task.isHidden()) {
            return new Misfit("its class is hidden, so the other end could not find it", WRITE_A_RECORD);
        }
        if (Forms.enumOf(task) != null || task.isRecord()) {
            return null;
        }
        if (task.isAnonymousClass()) {
            return new Misfit("it is an anonymous class" + captured(task, host), WRITE_A_RECORD);
        }
        if (task.isLocalClass()) {
            return new Misfit("it is a local class" + captured(task, host), WRITE_A_RECORD);
        }
        if (task.isMemberClass() && !Modifier.isStatic(task.getModifiers())) {
            return new Misfit("it is an inner class" + captured(task, host), WRITE_A_RECORD);
        }
        return new Misfit(
                task.isInterface() ? "it is an interface, not a record" : "it is a class, not a record",
                WRITE_A_RECORD);
    }

    /** What the compiler has put into a class so that its body can use it: in a lambda all fields, elsewhere synthetic ones. */
    private static String captured(Class<?> task, String host) {
        List<String> all = new ArrayList<>();
        for (Field field : task.getDeclaredFields()) {
            String type = field.getType().getTypeName();
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            if (field.getName().startsWith("this$") || task.isHidden() && type.equals(host)) {
                all.add("this (" + type + ")");
            } else if (field.getName().startsWith("val$")) {
                all.add(field.getName().substring(4) + " (" + type + ")");
            } else if (task.isHidden()) {
                all.add("a " + type);
            }
        }
        return all.isEmpty() ? "" : " and captures " + String.join(", ", all);
    }

    /** @throws Misfit if the record cannot be found by the other end, or not reached by us */
    static void unreachable(Class<?> type) {
        if (type.isHidden()) {
            throw new Misfit(
                    type.getTypeName() + " is hidden, so the other end could not find it",
                    "Write it as an ordinary record.");
        }
        Module ours = Refusals.class.getModule();
        Module theirs = type.getModule();
        ours.addReads(theirs);
        if (!theirs.isOpen(type.getPackageName(), ours)) {
            throw new Misfit(
                    "module " + theirs.getName() + " does not open the package of " + type.getTypeName(),
                    "Add this line to its module-info.java: opens " + type.getPackageName()
                            + (ours.isNamed() ? " to " + ours.getName() : "") + ";");
        }
    }
}
