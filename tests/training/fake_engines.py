"""Engines for the tests of `bylostalo bench`; a process that runs one imports nothing else."""


def repeat(inputs, *, limit, batch_size):
    return [ids[:limit] for ids in inputs]


def forget(inputs, *, limit, batch_size):
    return [ids[: min(limit, 2)] for ids in inputs]


def whole(inputs, *, limit, batch_size):
    return [(1, 2, 3) for _ in inputs]


def loaded(generate):
    return generate
