package dev.gearshift.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ctrl-C and SIGTERM, for a command that does not end at the first one. */
final class Signals {
    private Signals() {}

    /**
     * Has each of them do that, on a thread of the JVM's, instead of ending the program.
     *
     * @throws IllegalStateException if this JVM does not let itself be asked
     */
    static void handle(Runnable heard) {
        for (String name : new String[] {"INT", "TERM"}) {
            try {
                // By reflection, as it is in no documented module.
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Object hears = Proxy.newProxyInstance(
                        Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                heard.run();
                            }
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), hears);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("SIG" + name + " cannot be handled: " + e.getCause(), e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("This Java does not hand signals on: " + e, e);
            }
        }
    }
}
