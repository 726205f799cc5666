"""Measures one of Python's process pools: python_pools.py POOL START_METHOD GROUP NAME=NUMBER...

It does what GearshiftHost does, and prints what it found in the same lines.
"""

import collections
import multiprocessing
import os
import random
import select
import signal
import sys
import time

NOT_UNORDERED = "it has no such map"
LOST = "never, it waits for ever (2 s watched)"
GOES_ON = "never, it cannot be stopped (1 s watched)"


def figure(name, number):
    print("figure %s %.6f" % (name, number))


def absent(name, reason):
    print("absent %s %s" % (name, reason))


# What the workers run.

met_at = None
says_its_pid_to = None


def set_up(barrier, writer):
    global met_at, says_its_pid_to
    met_at, says_its_pid_to = barrier, writer


def nothing(number):
    return 1


def echo(data):
    return data


def meet():
    met_at.wait(60)


def spin():
    says_its_pid_to.send(os.getpid())
    while True:
        pass


# The pools, made alike.


class Executor:
    """concurrent.futures.ProcessPoolExecutor"""

    def __init__(self, context, workers, barrier=None, writer=None):
        from concurrent.futures import ProcessPoolExecutor

        self.pool = ProcessPoolExecutor(workers, context, initializer=set_up, initargs=(barrier, writer))

    def submit(self, function, *arguments):
        return self.pool.submit(function, *arguments)

    def result(self, future, timeout=60):
        return future.result(timeout)

    def map(self, function, items):
        return list(self.pool.map(function, items, chunksize=100))

    as_they_finish = None

    def pids(self):
        return list(self.pool._processes)

    def close(self):
        processes = list((self.pool._processes or {}).values())
        self.pool.shutdown(wait=False, cancel_futures=True)
        return processes

    kills_at_timeout = False


class Pool:
    """multiprocessing.Pool"""

    def __init__(self, context, workers, barrier=None, writer=None):
        self.pool = context.Pool(workers, set_up, (barrier, writer))

    def submit(self, function, *arguments):
        return self.pool.apply_async(function, arguments)

    def result(self, future, timeout=60):
        return future.get(timeout)

    def map(self, function, items):
        return self.pool.map(function, items)

    def as_they_finish(self, function, items):
        return list(self.pool.imap_unordered(function, items, 1))

    def pids(self):
        return [process.pid for process in self.pool._pool]

    def close(self):
        self.pool.terminate()
        return self.pool._pool

    kills_at_timeout = False


class Pebble:
    """pebble.ProcessPool"""

    def __init__(self, context, workers, barrier=None, writer=None):
        from pebble import ProcessPool

        self.pool = ProcessPool(workers, initializer=set_up, initargs=(barrier, writer), context=context)

    def submit(self, function, *arguments, timeout=None):
        return self.pool.schedule(function, args=arguments, timeout=timeout)

    def result(self, future, timeout=60):
        return future.result(timeout)

    def map(self, function, items):
        return list(self.pool.map(function, items, chunksize=100).result())

    as_they_finish = None

    def pids(self):
        return list(self.pool._pool_manager.worker_manager.workers)

    def close(self):
        self.pool.stop()
        self.pool.join(10)
        return []

    kills_at_timeout = True


def end(pool):
    """Closes it, and kills what is left of it."""
    for process in pool.close():
        process.join(0 if process.exitcode is not None else 2)
        if process.is_alive():
            process.kill()
            process.join()


# The measurements.


def warm_up(effort, work):
    started = time.perf_counter()
    while True:
        work()
        if time.perf_counter() - started >= effort["warm_up_ms"] / 1e3:
            return


def warm(make, context, workers, **more):
    barrier = context.Barrier(workers)
    pool = make(context, workers, barrier, **more)
    for future in [pool.submit(meet) for _ in range(workers)]:
        pool.result(future)
    return pool


def roundtrip(make, context, effort):
    pool = warm(make, context, 2)

    def trip():
        pool.result(pool.submit(nothing, 1))

    warm_up(effort, trip)
    times = []
    for _ in range(effort["trips"]):
        started = time.perf_counter()
        trip()
        times.append((time.perf_counter() - started) * 1e6)
    times.sort()
    figure("P50", times[len(times) // 2])
    figure("P99", times[len(times) * 99 // 100])
    end(pool)


def throughput(make, context, effort):
    pool = warm(make, context, 2)
    items = list(range(effort["tasks"]))

    def submit():
        for future in [pool.submit(nothing, item) for item in items]:
            pool.result(future)

    def batches(name, work):
        warm_up(effort, work)
        for _ in range(effort["batches"]):
            started = time.perf_counter()
            work()
            figure(name, len(items) / (time.perf_counter() - started))

    batches("SUBMIT", submit)
    batches("MAP", lambda: pool.map(nothing, items))
    if pool.as_they_finish:
        batches("AS_THEY_FINISH", lambda: pool.as_they_finish(nothing, items))
    else:
        absent("AS_THEY_FINISH", NOT_UNORDERED)
    end(pool)


def echoes(make, context, effort):
    pool = warm(make, context, 2)

    def work(data, times, in_flight):
        flying = collections.deque()
        for _ in range(times):
            if len(flying) == in_flight:
                assert len(pool.result(flying.popleft())) == len(data)
            flying.append(pool.submit(echo, data))
        for future in flying:
            assert len(pool.result(future)) == len(data)

    def measure(name, mebibytes, in_flight):
        data = random.Random(1).randbytes(mebibytes << 20)
        warm_up(effort, lambda: work(data, in_flight, in_flight))
        times = effort["echoed_mib"] // mebibytes
        started = time.perf_counter()
        work(data, times, in_flight)
        figure(name, times * len(data) / (time.perf_counter() - started) / 1e6)

    measure("ECHO_1_MIB", 1, 1)
    measure("ECHO_1_MIB_BY_FOUR", 1, 4)
    measure("ECHO_16_MIB", 16, 1)
    measure("ECHO_16_MIB_BY_FOUR", 16, 4)
    end(pool)


def start(make, context, effort):
    end(warm(make, context, 2))
    for _ in range(effort["opens"]):
        started = time.perf_counter()
        pool = make(context, 2)
        pool.result(pool.submit(nothing, 1))
        figure("FIRST_RESULT", (time.perf_counter() - started) * 1e3)
        end(pool)
        for workers in (1, 2, 8):
            started = time.perf_counter()
            pool = warm(make, context, workers)
            figure("SERVED_BY_%d" % workers, (time.perf_counter() - started) * 1e3)
            end(pool)


def memory(make, context, effort):
    for workers in (2, 8):
        pool = warm(make, context, workers)
        pids = pool.pids()
        for name in ("Rss", "Pss"):
            total = 0
            for pid in pids:
                with open("/proc/%d/smaps_rollup" % pid) as rollup:
                    line = next(line for line in rollup if line.startswith(name + ":"))
                    total += int(line.split()[1]) * 1024 / 1e6
            figure("%s_OF_%d" % (name.upper(), workers), total / len(pids))
        end(pool)


def death(make, context, effort):
    reader, writer = context.Pipe(False)

    def spinning(pool, **more):
        future = pool.submit(spin, **more)
        assert reader.poll(60)
        pid = reader.recv()
        return future, pid, os.pidfd_open(pid)

    def seconds_to_death(started, pidfd, limit):
        """None if it lives on. A zombie is dead."""
        waits = select.poll()
        waits.register(pidfd, select.POLLIN)
        died = bool(waits.poll(limit * 1e3))
        ended = time.perf_counter()
        os.close(pidfd)
        return ended - started if died else None

    def failure(future, pool, timeout):
        """When it failed, or None if it did not."""
        try:
            pool.result(future, timeout)
        except (TimeoutError, multiprocessing.TimeoutError) as error:
            return time.perf_counter() if pool.kills_at_timeout and timeout > 2 else None
        except Exception:
            return time.perf_counter()
        raise AssertionError("A task that never returns has returned.")

    def killed():
        pool = warm(make, context, 2, writer=writer)
        future, pid, pidfd = spinning(pool)
        started = time.perf_counter()
        os.kill(pid, signal.SIGKILL)
        failed = failure(future, pool, 2 if isinstance(pool, Pool) else 60)
        os.close(pidfd)
        end(pool)
        if failed is None:
            absent("KILLED_TO_FAILURE", LOST)
        else:
            figure("KILLED_TO_FAILURE", (failed - started) * 1e3)

    def timed_out():
        pool = warm(make, context, 2, writer=writer)
        if pool.kills_at_timeout:
            future, pid, pidfd = spinning(pool, timeout=0.2)
            started = time.perf_counter()
            failed = failure(future, pool, 60)
        else:
            future, pid, pidfd = spinning(pool)
            started = time.perf_counter()
            failure(future, pool, 0.2)
            failed = time.perf_counter()
        figure("TIMEOUT_TO_FAILURE", (failed - started) * 1e3 - 200)
        dead = seconds_to_death(started, pidfd, 60 if pool.kills_at_timeout else 1)
        end(pool)
        if dead is None:
            absent("TIMEOUT_TO_DEATH", GOES_ON)
        else:
            figure("TIMEOUT_TO_DEATH", dead * 1e3 - 200)

    def cancelled():
        pool = warm(make, context, 2, writer=writer)
        future, pid, pidfd = spinning(pool)
        started = time.perf_counter()
        if hasattr(future, "cancel"):
            future.cancel()
        dead = seconds_to_death(started, pidfd, 60 if pool.kills_at_timeout else 1)
        end(pool)
        if dead is None:
            absent("CANCEL_TO_DEATH", GOES_ON)
        else:
            figure("CANCEL_TO_DEATH", dead * 1e3)

    for number in range(effort["deaths"]):
        killed()
        if number == 0 or make is Pebble:
            timed_out()
            cancelled()


GROUPS = {
    "ROUNDTRIP": roundtrip,
    "THROUGHPUT": throughput,
    "ECHO": echoes,
    "START": start,
    "MEMORY": memory,
    "DEATH": death,
}


def is_installed(make):
    try:
        __import__(make.__doc__.rpartition(".")[0])
        return True
    except ImportError:
        return False


def can_be_seen(group):
    if group == "MEMORY":
        return os.path.exists("/proc/self/smaps_rollup")
    return group != "DEATH" or hasattr(os, "pidfd_open")


def main():
    pool, start_method, group = sys.argv[1:4]
    make = {"executor": Executor, "pool": Pool, "pebble": Pebble}[pool]
    effort = {name: int(number) for name, number in (word.split("=") for word in sys.argv[4:])}
    if not is_installed(make):
        absent("*", "not installed")
    elif not can_be_seen(group):
        absent("*", "cannot be seen here")
    else:
        GROUPS[group](make, multiprocessing.get_context(start_method), effort)
    print("done")


if __name__ == "__main__":
    main()
