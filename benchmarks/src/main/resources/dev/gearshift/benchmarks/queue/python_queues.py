"""Measures one of Python's queues on Redis: python_queues.py QUEUE GROUP WARM_UP_MS TRIPS BACKLOG

QUEUE is rq, rq-simple or celery. It does what QueueHost does, and prints what it found in the same lines. Each worker is
this script, too: python_queues.py worker QUEUE NUMBER. python_queues.py versions says what there is. Redis is where GEARSHIFT_REDIS_URI says.
"""

import os
import subprocess
import sys
import time

URI = os.environ.get("GEARSHIFT_REDIS_URI")
READY = "benchmark:ready"
LIMIT = 120


def nothing(number):
    return 1


def figure(name, number):
    print("figure %s %.6f" % (name, number))


# The queues, made alike.


class Rq:
    """RQ: a fork for each task"""

    worker_class = "Worker"

    def __init__(self, redis):
        import rq

        self.rq, self.redis = rq, redis
        self.queue = rq.Queue(connection=redis)

    def submit(self, number):
        import python_queues  # by the name that workers know it by

        return self.queue.enqueue(python_queues.nothing, number)

    def wait(self, job):
        """It has no way to be told, so this looks again and again."""
        key = "rq:results:" + job.id
        while not self.redis.exists(key):
            time.sleep(0.0002)
        return job.return_value()

    def done(self, jobs):
        return self.redis.zcard("rq:finished:default")

    def work(self, number):
        import python_queues  # so that no fork has to

        worker = getattr(self.rq, self.worker_class)([self.queue], connection=self.redis)
        self.redis.rpush(READY, python_queues.nothing(number))
        worker.work(logging_level="WARNING")


class SimpleRq(Rq):
    """RQ: all tasks in the worker itself"""

    worker_class = "SimpleWorker"


class Celery:
    """Celery, with as many processes in a worker as there are processors"""

    def __init__(self, redis):
        import celery

        self.redis = redis
        self.app = celery.Celery("benchmark", broker=URI, backend=URI)
        self.task = self.app.task(name="nothing")(nothing)
        self.first = 0

    def submit(self, number):
        return self.task.delay(number)

    def wait(self, result):
        return result.get(timeout=LIMIT)

    def done(self, results):
        """How many from the first on have a result; they come about in order."""
        while self.first < len(results):
            some = results[self.first : self.first + 100]
            found = self.redis.exists(*["celery-task-meta-" + result.id for result in some])
            if found < len(some):
                return self.first + found
            self.first += found
        return self.first

    def work(self, number):
        from celery.signals import worker_ready

        @worker_ready.connect
        def ready(**more):
            self.redis.rpush(READY, 1)

        self.app.worker_main(["worker", "--loglevel=WARNING", "--hostname=worker%s@%%h" % number])


QUEUES = {"rq": Rq, "rq-simple": SimpleRq, "celery": Celery}


# Their workers.


class Workers:
    def __init__(self, name, redis):
        self.name, self.redis, self.processes = name, redis, []

    def launch(self):
        command = [sys.executable, "-B", __file__, "worker", self.name, str(len(self.processes))]
        environment = dict(os.environ, PYTHONWARNINGS="ignore")  # Celery has one for whoever is root
        self.processes.append(
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)
        )

    def await_ready(self):
        if self.redis.blpop([READY], timeout=LIMIT) is None:
            raise RuntimeError("no worker is ready")

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


# The measurements.


def roundtrip(queue, workers, warm_up, trips):
    def trip():
        started = time.perf_counter()
        if queue.wait(queue.submit(1)) != 1:
            raise RuntimeError("another result")
        return time.perf_counter() - started

    for count in (1, 2):
        workers.launch()
        workers.await_ready()
        until = time.perf_counter() + warm_up
        while time.perf_counter() < until:
            trip()
        seconds = sorted(trip() for _ in range(trips))
        figure("RATE_BY_%d" % count, trips / sum(seconds))
        figure("P50_BY_%d" % count, seconds[trips // 2] * 1e3)
        figure("P99_BY_%d" % count, seconds[trips * 99 // 100] * 1e3)


def backlog(queue, workers, size):
    started = time.perf_counter()
    tasks = [queue.submit(number) for number in range(size)]
    figure("SUBMIT", size / (time.perf_counter() - started))
    launched = time.perf_counter()
    workers.launch()
    workers.launch()
    workers.await_ready()
    ready, half = time.perf_counter(), None
    while True:
        done, now = queue.done(tasks), time.perf_counter()
        if half is None and done >= size / 2:
            half, half_done = now, done
        if done == size:
            break
        if now - ready > LIMIT:
            raise RuntimeError("%d of %d tasks are done" % (done, size))
        time.sleep(0.005)
    figure("DRAIN", size / (now - ready))
    figure("DRAIN_SINCE_LAUNCH", size / (now - launched))
    figure("DRAIN_SECOND_HALF", (size - half_done) / (now - half))
    print("absent DRAIN_WARM not tried, as Python does not warm up")


def version(name):
    from importlib import metadata

    try:
        return "%s %s" % (name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return "no " + name


def main():
    if sys.argv[1] == "versions":
        print(", ".join(version(name) for name in ("rq", "celery", "redis")))
        return
    import redis

    connection = redis.Redis.from_url(URI)
    if sys.argv[1] == "worker":
        QUEUES[sys.argv[2]](connection).work(sys.argv[3])
        return
    name, group = sys.argv[1:3]
    warm_up, trips, size = (int(word) for word in sys.argv[3:6])
    try:
        queue = QUEUES[name](connection)
    except ImportError:
        print("absent * not installed")
        print("done")
        return
    workers = Workers(name, connection)
    try:
        if group == "ROUNDTRIP":
            roundtrip(queue, workers, warm_up / 1e3, trips)
        else:
            backlog(queue, workers, size // 3 if name == "rq" else size)
    finally:
        workers.stop()
    print("done")


if __name__ == "__main__":
    try:
        main()
    except ImportError as e:
        if e.name != "redis":
            raise
        print("absent * not installed")
        print("done")
