"""Pairs, pretrained vectors and batches: what is read, and what is refused where."""

import json

import numpy as np
import pytest
from object2vec_container.batches import Plan
from object2vec_container.hyperparameters import parse_hyperparameters
from object2vec_container.pairs import Pairs, read_pairs
from object2vec_container.pretrained import load_pretrained
from object2vec_container.sequences import Sequences
from object2vec_jobs import hyperparameters
from sagemaker_contract.errors import UserError


def read(tmp_path, *lines, **changed):
    files = []
    for number, content in enumerate(lines):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(content)
        files.append((f"train/{path.name}", path))
    return read_pairs(files, parse_hyperparameters(hyperparameters(**changed)).network())


GOOD = '{"label": 1, "in0": [3], "in1": [0, 11]}\n'


def test_reads_files_in_their_order(tmp_path):
    pairs = read(tmp_path, GOOD + '\n{"in1": [1], "in0": [2, 5], "label": 0, "id": "x"}', GOOD)

    assert pairs.labels.tolist() == [1, 0, 1]
    assert pairs.labels.dtype == np.int32
    assert pairs.sides[0].padded().tolist() == [[3, 0], [2, 5], [3, 0]]
    assert pairs.sides[1].padded().tolist() == [[0, 11], [1, 0], [0, 11]]
    assert pairs.sides[1].lengths.tolist() == [2, 1, 2]


def test_cuts_sequences_that_are_too_long(tmp_path):
    line = json.dumps({"label": 1, "in0": list(range(9)), "in1": [1, 2]}) + "\n"

    pairs = read(tmp_path, line + GOOD)

    assert pairs.sides[0].padded().tolist() == [[0, 1, 2, 3, 4, 5], [3, 0, 0, 0, 0, 0]]
    assert [side.cut_short for side in pairs.sides] == [1, 0]


def test_reads_real_labels_where_it_learns_numbers(tmp_path):
    pairs = read(tmp_path, GOOD + GOOD.replace("1,", "-2.5,"), output_layer="mean_squared_error")

    assert pairs.labels.tolist() == [1, -2.5]
    assert pairs.labels.dtype == np.float32


FORM = r'a line is {"label": number, "in0": \[token ids\], "in1": \[token ids\]}'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", f"not JSON .*{FORM}"),
        ("1,2,3", f"not JSON .*{FORM}"),
        ("[1]", f"not a JSON object; {FORM}"),
        ("3", f"not a JSON object; {FORM}"),
        ('{"in0": [1], "in1": [1]}', f"'label' is missing; {FORM}"),
        ('{"label": 1, "in1": [1]}', f"'in0' is missing; {FORM}"),
        ('{"label": 1, "in0": [1]}', f"'in1' is missing; {FORM}"),
        ('{"label": 1, "in0": [], "in1": [1]}', "in0 is empty: an encoder needs at least one"),
        ('{"label": 1, "in0": 4, "in1": [1]}', "in0 is not a list of token ids"),
        (
            '{"label": 1, "in0": [1], "in1": [1, 12]}',
            r"in1 has token id 12 at place 1: ids go "
            r"from 0 to 11 \(enc1_vocab_size is 12\)",
        ),
        ('{"label": 1, "in0": [-1], "in1": [1]}', "in0 has token id -1 at place 0"),
        ('{"label": 1, "in0": [99999999999999999999], "in1": [1]}', "in0 has .*at place 0"),
        ('{"label": 1, "in0": [1.5], "in1": [1]}', "in0 has '1.5' at place 0: token ids are int"),
        ('{"label": 1, "in0": [true], "in1": [1]}', "in0 has 'True' at place 0"),
        ('{"label": 1, "in0": ["a"], "in1": [1]}', "in0 has 'a' at place 0"),
        (
            '{"label": 2, "in0": [1], "in1": [1]}',
            r"label is 2: it must be a class, an integer "
            r"from 0 to 1 \(num_classes is 2\)",
        ),
        ('{"label": -1, "in0": [1], "in1": [1]}', "label is -1: it must be a class"),
        ('{"label": 0.5, "in0": [1], "in1": [1]}', "label is 0.5: it must be a class"),
        ('{"label": "1", "in0": [1], "in1": [1]}', 'label is "1": it must be a class'),
        ('{"label": null, "in0": [1], "in1": [1]}', "label is null: it must be a class"),
        ('{"label": true, "in0": [1], "in1": [1]}', "label is true: it must be a class"),
    ],
)
def test_says_which_line_is_wrong(line, message, tmp_path):
    with pytest.raises(UserError, match=f"^train/1.jsonl, line 3: {message}"):
        read(tmp_path, GOOD * 2, f"{GOOD}\n{line}\n{GOOD}")


@pytest.mark.parametrize("label", ['"4"', "[1]", "1e300", "false"])
def test_says_which_number_is_none(label, tmp_path):
    line = f'{{"label": {label}, "in0": [1], "in1": [1]}}'

    with pytest.raises(UserError, match="line 2: label is .*: it must be a number"):
        read(tmp_path, f"{GOOD}{line}", output_layer="mean_squared_error")


def test_no_pairs_are_no_data(tmp_path):
    with pytest.raises(UserError, match="No pairs in train/0.jsonl"):
        read(tmp_path, "\n\n")


def pretrained(tmp_path, vectors, vocabulary):
    (tmp_path / "v.txt").write_text(vectors)
    (tmp_path / "v.json").write_text(
        vocabulary if isinstance(vocabulary, str) else json.dumps(vocabulary)
    )
    given = {"enc0_pretrained_embedding_file": "v.txt", "enc0_vocab_file": "v.json"}
    job = parse_hyperparameters(hyperparameters(**given, enc0_token_embedding_dim=3))
    rows = np.full((12, 3), 9, np.float32)
    load_pretrained(tmp_path, job.encoders[0], 0, rows)
    return rows


def test_pretrained_vectors_go_to_their_tokens(tmp_path):
    vectors = "cat 1 2 3\nunlisted 7 7 7\n. . . 4 5 6\n"

    rows = pretrained(tmp_path, vectors, {"cat": 2, ". . .": 0, "absent": 5})

    assert rows[[2, 0]].tolist() == [[1, 2, 3], [4, 5, 6]]
    assert (rows[[1, 3, 4, 5]] == 9).all()


def test_a_first_line_of_counts_is_passed_over(tmp_path):
    assert pretrained(tmp_path, "1 3\ncat 1 2 3\n", {"cat": 2})[2].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("vectors", "vocabulary", "message"),
    [
        ("cat 1 2\n", {"cat": 2}, "v.txt, line 1: 2 numbers after the token, where enc0_token_"),
        ("cat 1 2 3 4\n", {"cat": 2}, "v.txt, line 1: 4 numbers after the token"),
        ("cat 1 x 3\n", {"cat": 2}, "v.txt, line 1: not a token and 3 numbers"),
        ("cat 1 nan 3\n", {"cat": 2}, "v.txt, line 1: a number is not finite"),
        ("dog 1 2 3\n", {"cat": 2}, "v.txt has a vector for none of the 1 tokens of v.json"),
        (
            "cat 1 2 3\n",
            {"cat": 12},
            "v.json: token 'cat' has id 12: ids are integers from",
        ),
        ("cat 1 2 3\n", {"cat": "2"}, "v.json: token 'cat' has id \"2\""),
        ("cat 1 2 3\n", {}, "v.json must be a JSON object"),
        ("cat 1 2 3\n", "cat", "v.json is not JSON"),
    ],
)
def test_pretrained_files_that_do_not_fit_are_refused(vectors, vocabulary, message, tmp_path):
    with pytest.raises(UserError, match=message):
        pretrained(tmp_path, vectors, vocabulary)


def some_pairs(lengths, labels=None):
    sides = (Sequences.of([[1] * n for n in lengths]).cut(99), Sequences.of([[1]] * len(lengths)))
    return Pairs(sides, np.array(labels or [1] * len(lengths), np.int32))


def rows_of(batches):
    return batches.rows[0][batches.weights > 0].tolist()


def test_an_epoch_has_every_pair_once_in_a_new_order():
    plan, random = Plan(some_pairs([2] * 10), 4, 0, 0), np.random.default_rng(0)

    first, second = (rows_of(next(iter(plan.epoch(random)))) for _ in range(2))

    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second


def test_pairs_in_a_batch_are_of_one_bucket():
    lengths = [1, 2, 3, 20, 21, 22, 40] * 3
    plan = Plan(some_pairs(lengths), 2, 10, 0)

    batches = list(plan.epoch(np.random.default_rng(0)))

    assert sorted(row for each in batches for row in rows_of(each)) == list(range(21))
    for each in batches:
        here = [lengths[row] for row in rows_of(each)]
        assert len({(length - 1) // 10 for length in here}) == 1
        assert max(here) <= each.lengths[0] <= 40


def test_samples_as_many_pairs_as_asked_for_and_calls_them_unrelated():
    plan = Plan(some_pairs([2] * 8, [0, 1, 1, 0, 2, 1, 1, 1]), 64, 0, 3)

    batches = next(iter(plan.epoch(np.random.default_rng(0))))

    first, second = (side[0].tolist() for side in batches.rows)
    triples = list(zip(first, second, batches.labels[0].tolist(), strict=True))
    sampled = [t for t in triples if t[0] != t[1]]
    assert len(triples) == 8 + 3 * 6
    assert len(sampled) == 3 * 6
    assert {label for _, _, label in sampled} == {0}
    assert {row for row, _, _ in sampled} == {1, 2, 4, 5, 6, 7}
