"""Engines for the tests of `bylostalo bench`; a process that runs one imports nothing else."""

import time


def repeat(inputs, *, limit, batch_size):
    return [ids[:limit] for ids in inputs]


def forget(inputs, *, limit, batch_size):
    return [ids[: min(limit, 2)] for ids in inputs]


def sleepy(inputs, *, limit, batch_size):
    time.sleep(0.02)
    return forget(inputs, limit=limit, batch_size=batch_size)


def whole(inputs, *, limit, batch_size):
    return [(1, 2, 3) for _ in inputs]


def loaded(generate):
    return generate
