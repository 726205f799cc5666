package dev.gearshift.executors.processes;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Of the tests of a class, those of one half: so that two classes with the same tests run them at the same time. */
enum Half implements ExecutionCondition {
    FIRST,
    SECOND;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod()
                .map(Half::of)
                .filter(half -> half != this)
                .map(half -> ConditionEvaluationResult.disabled("it is in the other half"))
                .orElse(ConditionEvaluationResult.enabled("it is in this half"));
    }

    private static Half of(Method test) {
        return values()[Math.floorMod(test.getName().hashCode(), values().length)];
    }
}
