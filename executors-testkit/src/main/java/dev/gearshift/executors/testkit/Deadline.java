package dev.gearshift.executors.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Ends a test that hangs, and shows where every thread was. The test runs on a thread that can be left behind. */
final class Deadline implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(limit(method.getExecutable(), context), invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(limit(method.getExecutable(), context), invocation, context);
    }

    /** Under load all takes longer, and a deadline is there to find what never ends. */
    private static Duration limit(Method test, ExtensionContext context) {
        StrategyContract contract = contract(context);
        int loaded = contract.getClass().isAnnotationPresent(UnderLoad.class) ? 3 : 1;
        int lengthy = test.isAnnotationPresent(Lengthy.class) ? 3 : 1;
        return contract.deadline().multipliedBy(loaded * lengthy);
    }

    private static StrategyContract contract(ExtensionContext context) {
        return (StrategyContract) context.getRequiredTestInstance();
    }

    private static void within(Duration limit, Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        Throwable[] thrown = new Throwable[1];
        FutureTask<Void> test = new FutureTask<>(() -> {
            try {
                invocation.proceed();
            } catch (Throwable e) {
                thrown[0] = e;
            }
            return null;
        });
        Thread thread = new Pace.TestThread(test, Pace.of(contract(context)), Load.repetition(context));
        thread.start();
        try {
            test.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String stacks = stacks();
            thread.interrupt();
            throw new AssertionError("Not done after " + limit.toSeconds() + " s. All threads:\n" + stacks, e);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
        thread.join(1_000);
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            text.append('"')
                    .append(entry.getKey().getName())
                    .append("\" ")
                    .append(entry.getKey().getState());
            for (StackTraceElement frame : entry.getValue()) {
                text.append("\n    at ").append(frame);
            }
            text.append("\n\n");
        }
        return text.append(VirtualThreads.stacks()).toString();
    }
}
