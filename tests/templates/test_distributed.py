"""A library over a local Ray of two workers, one of them killed on the way."""

import os
import signal
import socket
import sys
import tempfile
import time
from functools import partial, partialmethod
from pathlib import Path
from threading import Thread

import pytest
import ray
from engine import WORK

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates import distributed
from bylostalo.inference.templates.distributed import ray_executor
from bylostalo.inference.templates.formats import open_library
from bylostalo.inference.templates.journal import open_journal
from bylostalo.inference.templates.local import local_executor
from bylostalo.inference.templates.run import CHUNK, outcomes

HEADER = {"input": "1", "models": "2", "settings": "3"}
CHUNKS = 8
ROWS = CHUNKS * CHUNK["diagnosis"]


class StandIn:
    """A worker without models; `calls` is a folder that gets a file for every chunk that is begun."""

    def __init__(self, calls=None, *, pause=0.0):
        self.calls, self.pause = calls, pause

    def work(self, stage, items):
        if self.calls:
            tempfile.mkstemp(prefix=f"{os.getpid()}-", dir=self.calls)
        time.sleep(self.pause)
        return [WORK[stage](item) for item in items]

    diagnosis = partialmethod(work, "diagnosis")
    sentences = partialmethod(work, "sentences")
    result = partialmethod(work, "result")


@pytest.fixture(scope="module")
def cluster():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        yield ray.get_runtime_context().gcs_address
        ray.shutdown()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "library.csv"
    rows = [f"{number};Доставка {number} осуществляется завтра. Заказ {number} готов." for number in range(ROWS)]
    path.write_text("\n".join(["id;текст", *rows]) + "\n", "utf-8")
    return path


def run(source, folder, execute):
    """The bytes of the result and of the journal."""
    folder.mkdir()
    library, output = open_library(source), folder / "library.csv"
    journal = open_journal(folder / "journal", HEADER, restart=False, update=False)
    found = outcomes(library.templates, journal=journal, execute=execute, advance=lambda *_: None, only_problems=False)
    library.annotated({outcome.key: outcome for outcome in found}, output)
    return output.read_bytes(), journal.path.read_bytes()


@pytest.fixture(scope="module")
def expected(source, tmp_path_factory):
    return run(source, tmp_path_factory.mktemp("local") / "run", local_executor(StandIn))


def kill_one(calls, after):
    """Kills a worker in the middle of its work, when so many chunks have been begun."""
    while len(begun := list(calls.iterdir())) < after:
        time.sleep(0.02)
    newest = max(begun, key=lambda path: path.stat().st_mtime_ns)
    os.kill(worker_of(newest), signal.SIGKILL)


def worker_of(call):
    return int(call.name.partition("-")[0])


def test_a_killed_worker_changes_nothing(cluster, source, expected, tmp_path):
    calls = tmp_path / "calls"
    calls.mkdir()
    killer = Thread(target=kill_one, args=(calls, CHUNKS + 3), daemon=True)
    killer.start()
    execute = ray_executor(partial(StandIn, calls, pause=0.15), address=cluster)
    assert run(source, tmp_path / "run", execute) == expected
    assert not killer.is_alive()
    begun = list(calls.iterdir())
    assert len(begun) > 3 * CHUNKS, "начатое убитым сделано заново"
    assert os.getpid() not in map(worker_of, begun)


def refusing():
    raise BylostaloError("здесь нет модели")


def test_what_a_worker_cannot_do_is_one_line(cluster):
    with pytest.raises(BylostaloError, match="здесь нет модели") as refused:
        list(ray_executor(refusing, address="local")("sentences", [["а"]]))
    assert "\n" not in str(refused.value)
    assert list(ray_executor(StandIn, address="local")("sentences", [])) == []


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "host.invalid:6379", "127.0.0.1:порт"])
def test_a_cluster_that_does_not_answer_is_one_line(address):
    with pytest.raises(BylostaloError, match=f"--ray {address}: кластер не отвечает") as refused:
        ray_executor(StandIn, address=address)
    assert "\n" not in str(refused.value)


def test_another_service_at_the_address_is_one_line(monkeypatch):
    monkeypatch.setattr(distributed, "ANSWERS_WITHIN", 2)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(BylostaloError, match="там не Ray"):
        ray_executor(StandIn, address=f"127.0.0.1:{server.getsockname()[1]}")


def test_without_ray_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BylostaloError, match=r"bylostalo\[ray\]"):
        ray_executor(StandIn, address="local")
