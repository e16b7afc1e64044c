"""The script that stores notebooks: two runs that differ only by chance are stored as the same file."""

import json
import uuid

import notebooks as script
import pytest


def a_run(minute, python):
    """A notebook with a widget, as one run leaves it; ids, times and versions are this run's."""
    model = uuid.uuid4().hex
    widget = {
        "output_type": "display_data",
        "metadata": {},
        "data": {
            script.WIDGET_VIEW: {"model_id": model, "version_major": 2, "version_minor": 0},
            "text/plain": ["[a slider]"],
        },
    }
    state = {model: {"model_name": "AnyModel", "state": {"value": 3}}}
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": "one",
                "execution_count": 1,
                "source": ["show()"],
                "outputs": [widget],
                "metadata": {"execution": {"iopub.status.busy": f"2026-01-01T10:{minute:02d}"}, "tags": ["kept"]},
            }
        ],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": f"Python {python}"},
            "language_info": {"name": "python", "version": python},
            "widgets": {"application/vnd.jupyter.widget-state+json": {"version_major": 2, "state": state}},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def stored(run):
    return script.write(script.normalise(run))


def test_runs_that_differ_by_chance_are_stored_alike():
    first, second = a_run(1, "3.11.7"), a_run(2, "3.13.0")
    assert script.write(first) != script.write(second)
    assert stored(first) == stored(second)
    assert len({stored(a_run(minute, "3.12.1")) for minute in range(20)}) == 1


def test_what_was_printed_in_pieces_is_stored_in_one():
    def printed(*pieces):
        run = a_run(1, "3.11.7")
        run["cells"][0]["outputs"] += [{"output_type": "stream", "name": "stdout", "text": piece} for piece in pieces]
        return run

    assert (
        stored(printed(["a\n", "b"], ["\n", "c\n"]))
        == stored(printed(["a\n"], ["b\nc\n"]))
        == stored(printed(["a\n", "b\n", "c\n"]))
    )
    assert stored(printed(["a\n"], ["b\n"])) != stored(printed(["b\n"], ["a\n"]))


def test_runs_that_differ_in_substance_are_stored_differently():
    other = a_run(1, "3.11.7")
    other["cells"][0]["outputs"].pop()
    assert stored(a_run(1, "3.11.7")) != stored(other)


def test_storing_again_changes_nothing():
    once = script.normalise(a_run(1, "3.11.7"))
    assert script.write(script.normalise(once)) == script.write(once)


def test_of_a_widget_what_needs_no_kernel_is_kept():
    notebook = script.normalise(a_run(1, "3.11.7"))
    assert [output["data"] for output in notebook["cells"][0]["outputs"]] == [{"text/plain": ["[a slider]"]}]
    assert "widgets" not in notebook["metadata"]


def test_the_argument_is_not_changed():
    run = a_run(1, "3.11.7")
    before = json.dumps(run)
    script.normalise(run)
    assert json.dumps(run) == before


def test_tags_and_other_metadata_stay():
    assert script.normalise(a_run(1, "3.11.7"))["cells"][0]["metadata"] == {"tags": ["kept"]}


HOME = "/" + "home/reader/book.py"


@pytest.mark.parametrize(
    "output, named",
    [
        ({"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}, "ValueError: no"),
        ({"output_type": "stream", "name": "stderr", "text": ["RuntimeWarning: overflow"]}, "RuntimeWarning: overflow"),
        ({"output_type": "stream", "name": "stdout", "text": [f"read {HOME}\n"]}, HOME[:12]),
    ],
)
def test_faults_are_named(output, named):
    run = a_run(1, "3.11.7")
    assert not script.faults(run)
    run["cells"][0]["outputs"].append(output)
    assert len(found := script.faults(run)) == 1
    assert named in found[0]


@pytest.mark.parametrize("pieces", [["a\nb\n"], ["a\n", "b\n"], ["a", "\nb", "\n"]])
def test_a_stream_is_stored_in_one_piece(pieces):
    run = a_run(1, "3.11.7")
    run["cells"][0]["outputs"] += [
        {"output_type": "stream", "name": "stdout", "text": piece.splitlines(keepends=True)} for piece in pieces
    ]
    run["cells"][0]["outputs"].append({"output_type": "stream", "name": "stderr", "text": ["c"]})
    _, first, second = script.normalise(run)["cells"][0]["outputs"]
    assert (first["text"], second["text"]) == (["a\n", "b\n"], ["c"])
