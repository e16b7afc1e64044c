"""Asks the doctor about the programs of book/wild whose answers are another doctor's, and stores what it says."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "book" / "_ext")]

import wild_answers  # noqa: E402


def main():
    """Ask in as many processes as there are cores, and print the modules whose answers are others than before.

    An answer is kept as soon as it comes: asking that was interrupted goes on where it was.
    """
    argparse.ArgumentParser(description=__doc__).parse_args()
    before, rows = wild_answers.read_stored()[2], wild_answers.stored()
    names = [name for name in wild_answers.paths() if name not in rows]
    wild_answers.NEW.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as processes:
        rows = rows | dict(zip(names, processes.map(wild_answers.kept_row, names)))
    wild_answers.write_stored(rows)
    changed = [name for name in names if rows[name]["answer"] != before.get(name, {}).get("answer")]
    print(f"asked about {len(names)} programs; {len(changed)} answers are others than before", *changed, sep="\n  ")


if __name__ == "__main__":
    main()
