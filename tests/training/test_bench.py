"""The comparison of engines: the same work for all, counted rightly. Speeds themselves are not tested."""

import dataclasses
import json
import subprocess
import sys
from functools import partial
from operator import attrgetter
from pathlib import Path
from xml.etree import ElementTree

import pytest
import torch
from fake_engines import forget, loaded, repeat, sleepy, whole
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import PreTrainedTokenizerFast

from bylostalo.data.errors import BylostaloError
from bylostalo.data.records import SentencePair
from bylostalo.data.splits import split_of
from bylostalo.inference.choice import Source
from bylostalo.inference.engine.vocabulary import BOS, EOS, PAD, embedded_vocabulary
from bylostalo.training.bench.contest import ORACLE, Contestant, contestants, splits
from bylostalo.training.bench.engines import by_length, load_ctranslate, load_transformers
from bylostalo.training.bench.greedy import greedy
from bylostalo.training.bench.machine import machine, versions
from bylostalo.training.bench.materials import write_ctranslate
from bylostalo.training.bench.measure import agreement, measure
from bylostalo.training.bench.process import running
from bylostalo.training.bench.run import held_out
from bylostalo.training.bench.show import HEADS, chart, table
from bylostalo.training.bench.workload import LONGEST, Task, distinct, library, task

ROOT = Path(__file__).parents[2]
PROMPTS = [(5, 9, 301), (7, 7, 12, 80, 4), (250, 3), (11, 12, 13, 14), (40,)]
SCHEMA = {"engine", "setting", "batch", "tokens_per_s", "replies_per_s", "first_token_ms", "load_s", "peak_mb"}


def slow_greedy(model, prompt, limit):
    """Every prefix read anew by torch."""
    ids = list(prompt)
    while len(ids) < len(prompt) + limit:
        with torch.no_grad():
            token = int(model(torch.tensor([ids])).logits[0, -1].argmax())
        if token == EOS:
            break
        ids.append(token)
    return tuple(ids[len(prompt) :])


@pytest.fixture(scope="module")
def expected(tiny_gemma):
    return [slow_greedy(tiny_gemma, prompt, 12) for prompt in PROMPTS]


@pytest.fixture(scope="module")
def hub(tiny_gemma, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub")
    tiny_gemma.save_pretrained(folder)
    names = {f"token{i}": i for i in range(tiny_gemma.config.vocab_size)}
    pad, eos, bos = (f"token{i}" for i in (PAD, EOS, BOS))
    PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(WordLevel(names, unk_token=pad)),
        pad_token=pad,
        eos_token=eos,
        bos_token=bos,
        unk_token=pad,
    ).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("limit", [1, 12])
def test_greedy_says_what_torch_says(tiny_gemma, tiny_decoder, limit):
    slow = [slow_greedy(tiny_gemma, prompt, limit) for prompt in PROMPTS]
    assert len({len(ids) for ids in slow}) > 1 or limit == 1
    assert greedy(tiny_decoder, PROMPTS, limit=limit) == slow
    assert [greedy(tiny_decoder, [prompt], limit=limit)[0] for prompt in PROMPTS] == slow


@pytest.mark.parametrize("batch_size", [1, 2, 8])
def test_transformers_says_the_same_in_any_batch(hub, expected, batch_size):
    generate = load_transformers(hub, dtype="float32", threads=1)
    assert generate(PROMPTS, limit=12, batch_size=batch_size) == expected


def test_ctranslate_says_nearly_the_same(hub, expected, tmp_path):
    pytest.importorskip("ctranslate2")
    write_ctranslate(hub, tmp_path / "converted")
    generate = load_ctranslate(tmp_path / "converted", threads=1, workers=1)
    found = generate(PROMPTS, limit=12, batch_size=1)
    assert all(len(ids) <= 12 for ids in found)
    assert agreement(found, expected) > 0.5


@given(st.lists(st.lists(st.integers(), max_size=6), max_size=30), st.integers(1, 9))
def test_batches_hold_every_input_once(inputs, size):
    batches = list(by_length(inputs, size))
    assert sorted(i for batch in batches for i in batch) == list(range(len(inputs)))
    assert all(len(batch) <= size for batch in batches)
    assert [len(inputs[i]) for batch in batches for i in batch] == sorted(map(len, inputs), reverse=True)


def pairs(count):
    return [
        SentencePair(id=f"p{i}", kind="plain", before=f"Оплата осуществляется до {i} июня.", after="Да.", group=f"p{i}")
        for i in range(count)
    ]


def test_a_library_is_the_same_each_time_and_its_sentences_are_met_once():
    first, second = library(pairs(8), templates=30), library(pairs(8), templates=30)
    assert first == second and len(first) == 30
    assert {len(template) for template in first} == set(range(1, LONGEST + 1))
    assert all(len(set(template)) == len(template) for template in first)
    assert len(distinct(first)) == 8
    assert distinct(first)[: len(first[0])] == list(first[0])


def test_a_task_hides_brittle_facts_from_the_model_and_keeps_them_in_the_source():
    pair = SentencePair(
        id="p", kind="note", before="Заявка 4815162342 принята.", note="звоните 8 800 555-35-35", after="Да.", group="p"
    )
    made = task(pair)
    text = embedded_vocabulary().decode(made.ids)
    assert made.ids[0] == BOS and made.source.note == pair.note
    assert "4815162342" not in text and "555" not in text and "принята" in text


def test_agreement_counts_the_end_and_stops_at_the_first_difference():
    assert agreement([(1, 2, 3)], [(1, 2, 3)]) == 1
    assert agreement([()], [()]) == 1
    assert agreement([(1, 9, 3)], [(1, 2, 3)]) == 1 / 4
    assert agreement([(1, 2)], [(1, 2, 3)]) == 2 / 4
    assert agreement([(1, 2, 3, 4)], [(1, 2, 3)]) == 3 / 4
    assert agreement([(1,), (5,)], [(1,), (6,)]) == 2 / 4


@given(st.lists(st.tuples(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3))), min_size=1))
def test_agreement_is_a_share(answers):
    found, reference = [tuple(a) for a, _ in answers], [tuple(b) for _, b in answers]
    value = agreement(found, reference)
    assert 0 <= value <= 1 and (value == 1) == (found == reference)


def test_cores_are_filled_either_way():
    assert list(splits(1)) == [(1, 1)]
    assert list(splits(4)) == [(4, 1), (1, 4)]


def test_an_engine_that_is_not_installed_is_left_out(monkeypatch, tmp_path):
    def engines():
        return {one.engine.split()[0] for one in contestants(tmp_path, tmp_path, cores=2)}

    monkeypatch.setattr("bylostalo.training.bench.contest.missing", lambda package: False)
    assert engines() == {"bylostalo", "ctranslate2", "transformers"}
    monkeypatch.setattr("bylostalo.training.bench.contest.missing", lambda package: True)
    assert engines() == {"bylostalo", "transformers"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    tasks = [Task(Source(str(n)), tuple(range(n))) for n in (4, 6, 9)]
    templates = [(tasks[0], tasks[1]), (tasks[1],), (tasks[2],), (tasks[0],)]
    contest = [
        Contestant(ORACLE, "", partial(loaded, repeat)),
        Contestant("bylostalo int8", "<короткий>", partial(loaded, forget)),
        Contestant("bylostalo int8", "медленный", partial(loaded, sleepy)),
        Contestant("bylostalo int8", "целиком", partial(loaded, whole), attrgetter("source"), greedy=False),
    ]
    said = []
    found = measure(contest, templates, single=1, rounds=2, cache=tmp_path_factory.mktemp("cache"), say=said.append)
    assert sum("круг 2" in line for line in said) == 7
    return found


def test_every_setting_has_a_row_alone_and_every_engine_its_best_for_the_library(rows):
    names = [(row.batch, row.engine, row.setting.split(",")[0]) for row in rows]
    ours = "bylostalo int8"
    alone = [(1, ORACLE, ""), (1, ours, "<короткий>"), (1, ours, "медленный"), (1, ours, "целиком")]
    assert names == [*alone, *(("library", *name[1:]) for name in alone if name[2] != "медленный")]
    for row in rows:
        assert dataclasses.asdict(row).keys() >= SCHEMA
        low, high = row.tokens_per_s_range
        assert 0 < low <= row.tokens_per_s <= high
        assert row.first_token_ms > 0 and 0 < row.load_s < row.first_use_s and row.peak_mb > 5


def test_agreement_with_the_oracle_stands_in_the_rows(rows):
    assert [row.agreement for row in rows] == [1, 4 / 12, 4 / 12, None, 1, 6 / 22, None]
    assert [row.identical for row in rows] == [1, 0, 0, None, 1, 0, None]


def test_replies_are_whole_templates_of_distinct_sentences(rows):
    """Tokens and templates of a row belong to the same seconds: 12 tokens in one template, 22 in four."""
    assert rows[0].tokens_per_s / rows[0].replies_per_s == pytest.approx(12)
    assert rows[4].tokens_per_s / rows[4].replies_per_s == pytest.approx(22 / 4)


def test_an_answer_that_comes_as_a_whole_has_no_earlier_first_token(rows):
    assert all((row.first_token_ms == row.last_token_ms) == (row.setting == "целиком") for row in rows)


def test_the_table_and_the_chart_show_every_row(rows):
    lines = table(rows).splitlines()
    assert len(lines) == 2 + len(rows)
    assert {line.count("|") for line in lines} == {len(HEADS) + 1}
    assert "33" in lines[3] and lines[5].endswith("| — |")
    drawn = ElementTree.fromstring(chart(rows, machine="машина <1>"))
    assert sum(one.tag.endswith("rect") for one in drawn.iter()) == len(rows)
    words = [one.text for one in drawn.iter() if one.text]
    assert "машина <1>" in words and any("bylostalo int8, <короткий>" in one for one in words)


def test_processes_are_apart_and_errors_come_to_the_caller(tmp_path):
    one_load, other_load = partial(loaded, repeat), partial(loaded, forget)
    with running(one_load, cache=tmp_path) as one, running(other_load, cache=tmp_path) as other:
        assert one.timed([(1, 2, 3)], limit=5, batch_size=1)[0] == [(1, 2, 3)]
        assert other.timed([(1, 2, 3)], limit=5, batch_size=1)[0] == [(1, 2)]
        with pytest.raises(TypeError):
            one.timed([None], limit=1, batch_size=1)


def test_only_validation_sentences_are_used(tmp_path):
    found = held_out(ROOT / "data" / "sentences")
    assert len(found) > 1000 and {split_of(pair.group) for pair in found} == {"validation"}
    (tmp_path / "few.jsonl").write_text(json.dumps(pairs(1)[0].to_dict(), ensure_ascii=False) + "\n", "utf-8")
    with pytest.raises(BylostaloError, match="validation"):
        held_out(tmp_path)


def test_the_machine_is_named():
    assert "ядер" in machine() and "Python 3" in machine()
    assert {"onnxruntime", "torch"} <= versions().keys()


@pytest.mark.parametrize("arguments", [["--sentences", "no-such-folder"], ["--json", "no-such-folder/speed.json"]])
def test_a_bad_path_is_one_line_and_exit_code_2(arguments):
    code = "from bylostalo.inference.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "bench", *arguments], capture_output=True, timeout=120, cwd=ROOT)
    assert done.returncode == 2 and not done.stdout
    assert "no-such-folder" in done.stderr.decode().strip().splitlines()[-1]
    assert "Traceback" not in done.stderr.decode()
