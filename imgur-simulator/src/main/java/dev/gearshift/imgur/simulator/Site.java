package dev.gearshift.imgur.simulator;

import java.util.List;
import java.util.concurrent.Executor;

/** All pages, the traffic on them, and the event loops that serve them. */
record Site(
        ApiPages api,
        ImagePages images,
        SimulatorPages simulator,
        FaultInjector faults,
        AccessTokens tokens,
        Traffic traffic,
        BodyRoom bodies,
        Latency latency,
        List<? extends Executor> loops) {

    Answer answer(Request request) {
        return request.isForSimulator()
                ? simulator.answer(request)
                : faults.answer(request, asked -> asked.isForApi() ? api.answer(asked) : images.answer(asked));
    }

    /**
     * Runs something on the first event loop after each has finished what it is at. A client can hold its answer before
     * the loop that wrote it has counted it; whoever looks at the counts goes this way, and finds it counted.
     */
    void onceCounted(Runnable look) {
        Runnable next = look;
        for (Executor loop : loops) {
            Runnable then = next;
            next = () -> loop.execute(then);
        }
        next.run();
    }
}
