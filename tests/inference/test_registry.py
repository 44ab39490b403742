"""The registry of adapters, and rewriters that switch between them."""

import json
import os

import numpy as np
import pytest
from safetensors.numpy import save_file
from typer.testing import CliRunner

from bylostalo.data.errors import BylostaloError
from bylostalo.inference import adapters, registry
from bylostalo.inference.adapters import KEPT, opener
from bylostalo.inference.adapters_cli import app
from bylostalo.inference.results import Request
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sequence_model import Generated, Likelihood

CERTAIN = Likelihood(-0.1, -1.0)

SYSTEM = {"chrf": 62.84, "sari": 58.4, "removed_by_classifier": 0.876, "fact_violations": 0}


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("BYLOSTALO_ADAPTERS", str(tmp_path / "registry"))
    return tmp_path / "registry"


@pytest.fixture
def exported(tmp_path):
    folder = tmp_path / "exported"
    folder.mkdir()
    contents = {
        "config.json": {"kind": "rewriter", "base": "embedded", "layers": 18, "packing": "columns"},
        "adapter_config.json": {"r": 2, "lora_alpha": 4},
        "run.json": {"corpus_sha256": "db34a1a6fbcda7e37a6f"},
        "metrics.json": {"systems": {"bylostalo": SYSTEM, "копия": {}}},
    }
    for name, values in contents.items():
        (folder / name).write_text(json.dumps(values), "utf-8")
    save_file({"a": np.zeros(2, dtype=np.float16)}, folder / "adapter_model.safetensors")
    (folder / "graph.onnx").write_bytes(b"graph")
    return folder


def put(folder, *titles):
    for title in titles:
        name, version = title.split("/")
        registry.add(folder, name=name, version=version)


def test_the_newest_version_is_found_by_name(exported):
    put(exported, "acme/9", "acme/10", "acme/1", "банк/2026-11-22")
    assert [entry.title for entry in registry.entries()] == ["acme/1", "acme/9", "acme/10", "банк/2026-11-22"]
    assert registry.find("acme").version == "10" and registry.find("acme/9").version == "9"
    assert registry.adapter_folder("acme/1") == registry.registry_root() / "acme" / "1"
    assert registry.adapter_folder(str(exported)) == exported


def test_everything_that_matters_is_copied_and_nothing_else(exported, root):
    (exported / "notes.txt").write_text("письмо клиента", "utf-8")
    entry = registry.add(exported, name="acme", version="1")
    copied = {path.name for path in entry.folder.iterdir()}
    assert copied == {path.name for path in exported.iterdir()} - {"notes.txt"}
    assert all((entry.folder / name).read_bytes() == (exported / name).read_bytes() for name in copied)
    assert [path.name for path in root.iterdir()] == ["acme"]
    assert entry.corpus_hash.startswith("db34") and entry.metrics == SYSTEM


def test_a_version_is_never_replaced(exported):
    put(exported, "acme/1")
    before = registry.find("acme").folder.stat().st_mtime_ns
    with pytest.raises(BylostaloError, match="acme/1: эта версия уже есть"):
        put(exported, "acme/1")
    assert registry.find("acme").folder.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["", "..", "a/b", ".a", "a b", "*", "a" * 65])
def test_a_name_cannot_lead_out_of_the_registry(exported, name):
    with pytest.raises(BylostaloError, match="не годится"):
        registry.add(exported, name=name, version="1")
    with pytest.raises(BylostaloError, match="не годится"):
        registry.add(exported, name="acme", version=name)
    with pytest.raises(BylostaloError):
        registry.remove(name, version="1")


def test_an_unknown_name_lists_the_known_ones(exported):
    with pytest.raises(BylostaloError, match="пока ни одного"):
        registry.find("acme")
    put(exported, "acme/1")
    with pytest.raises(BylostaloError, match=r"acmé: такого адаптера нет.*acme/1"):
        registry.find("acmé")
    with pytest.raises(BylostaloError, match="acme/2"):
        registry.find("acme/2")


@pytest.mark.parametrize("pickle", ["adapter_model.bin", "optimizer.pt", "x.PKL", "x.pth"])
def test_pickles_are_refused_wherever_an_adapter_is_read(exported, root, pickle):
    put(exported, "acme/1")
    for folder in (exported, root / "acme" / "1"):
        (folder / pickle).write_bytes(b"\x80\x04.")
    for attempt in (
        lambda: registry.add(exported, name="acme", version="2"),
        lambda: Rewriter.from_pretrained(adapter="acme"),
        lambda: Rewriter.from_pretrained(str(exported)),
    ):
        with pytest.raises(BylostaloError, match=f"{pickle}; pickle"):
            attempt()
    assert [entry.title for entry in registry.entries()] == ["acme/1"]


@pytest.mark.parametrize(
    ("name", "contents", "message"),
    [
        ("adapter_model.safetensors", b"broken", "адаптер не читается"),
        ("graph.onnx", None, "нет файла graph.onnx"),
        ("config.json", b'{"kind": "classifier"}', "это classifier"),
        ("config.json", None, "здесь нет модели"),
    ],
)
def test_what_cannot_be_loaded_is_not_added(exported, root, name, contents, message):
    (exported / name).unlink()
    if contents is not None:
        (exported / name).write_bytes(contents)
    with pytest.raises(BylostaloError, match=message):
        put(exported, "acme/1")
    assert not registry.entries() and not root.exists()


def test_a_failed_copy_leaves_nothing(exported, root, monkeypatch):
    def full(*_):
        raise OSError(28, "нет места")

    monkeypatch.setattr(registry.shutil, "copyfile", full)
    with pytest.raises(BylostaloError, match="нет места"):
        put(exported, "acme/1")
    assert not registry.entries() and not [path for path in root.iterdir() if path.name.startswith(".")]


def test_removal_takes_one_version(exported, root):
    put(exported, "acme/1", "acme/2")
    with pytest.raises(BylostaloError, match=r"несколько \(1, 2\)"):
        registry.remove("acme", version=None)
    registry.remove("acme", version="1")
    assert [entry.title for entry in registry.entries()] == ["acme/2"]
    registry.remove("acme", version=None)
    assert not list(root.iterdir())


def test_the_command(exported):
    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    assert "пока пусто" in run("list").output
    assert run("add", exported, "--name", "acme", "--version", "3").exit_code == 0
    (row,) = [line for line in run("list").output.splitlines() if "acme" in line]
    assert row.split()[:3] == ["acme", "3", "db34a1a6fbcd"] and "chrF++ 62.8" in row and "88%" in row
    assert run("remove", "acme").exit_code == 0 and "пока пусто" in run("list").output


class Saying:
    """Answers with one text, whatever it is asked."""

    def __init__(self, text):
        self.text = text

    def generate(self, prompts, *, beams):
        return [[Generated(self.text, CERTAIN)] for _ in prompts]

    def score(self, prompts, targets):
        return [CERTAIN for _ in prompts]


def said(rewriter):
    request = Request(before="Оплата осуществляется.")
    return rewriter.rewrite([request], codes=[["officialese"]], cold=[[(0, 22)]])[0].after


def test_every_adapter_says_its_own(exported):
    put(exported, "acme/1", "acme/2")
    asked = []

    def open_folder(folder):
        asked.append(folder.name)
        return Saying({"1": "Оплатите.", "2": "Мы оплатим."}.get(folder.name, "Оплата идёт."))

    first = Rewriter(open_folder(registry.find("acme/1").folder), open_folder)
    newest = first.with_adapter("acme")
    shipped = newest.with_adapter(None)
    assert [said(each) for each in (first, newest, shipped, first)] == [
        "Оплатите.", "Мы оплатим.", "Оплата идёт.", "Оплатите."
    ]  # fmt: skip
    assert asked == ["1", "2", "rewriter"]


def test_a_folder_and_an_adapter_at_once_are_refused(exported):
    with pytest.raises(BylostaloError, match="что-то одно"):
        Rewriter.from_pretrained(str(exported), adapter="acme")


def test_an_open_model_is_not_opened_again(exported, tiny_graphs, monkeypatch, tmp_path):
    opened = []
    graphs = {"first": tiny_graphs.decoder, "second": tiny_graphs.quantised_decoder}
    original = adapters.load_sequence_model
    monkeypatch.setattr(adapters, "assembled", lambda folder, **_: graphs.get(folder.name, tmp_path / folder.name))
    monkeypatch.setattr(adapters, "read_config", lambda folder: {"base": "embedded", "layers": 7, "packing": "columns"})
    monkeypatch.setattr(
        adapters,
        "load_sequence_model",
        lambda graph, **known: opened.append(graph) or (original(graph, **known) if graph.exists() else graph),
    )
    open_folder = opener(threads=1)
    first, second = open_folder(tmp_path / "first"), open_folder(tmp_path / "second")
    assert first is not second and open_folder(tmp_path / "first") is first
    assert first.decoder.session is not second.decoder.session and first.vocabulary is second.vocabulary
    for index in range(KEPT):
        open_folder(tmp_path / f"other{index}")
    assert len(opened) == 2 + KEPT
    assert open_folder(tmp_path / "second") is not second


def test_the_shipped_model_is_shared_with_its_copies():
    rewriter = Rewriter.from_pretrained(threads=1)
    assert rewriter.with_adapter(None).model is rewriter.model


def test_the_place_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("BYLOSTALO_ADAPTERS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert registry.registry_root() == tmp_path / "bylostalo" / "adapters"
    assert os.environ.get("BYLOSTALO_ADAPTERS") is None
