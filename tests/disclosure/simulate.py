"""Prove on made-up councils that no small number gets out of the papers.

    python tests/disclosure/simulate.py --councils 5000 --seed 1 --jobs 2

Each council has indicators that are related in every way the catalogue knows, and a year of
figures, some late, corrected or missing. All papers of all months are built from its files. A
stranger who has them, and the catalogue, works out which values each hidden small count can have;
where it is one, the council leaks. The report counts the leaks by what leaked, and shows some of
the councils, made as small as they can be. `--twins N` also rebuilds the papers of N councils with
other hidden counts, and says how often every paper is the same to the byte. `--greedy` also hides
figures by a plain choice, counts them beside those that kpi hides, and counts those that kpi could
show again. `--without suppress` leaves a key out of the catalogues, for a version of the tool that
does not have it. With `--words-tell` the stranger also takes it that `Suppressed` stands for a
count that is not small itself, as `<5` stands for one that is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from disclosure.simulation.councils.generate import NEW_KEYS, generate_council
from disclosure.simulation.price import count_price
from disclosure.simulation.reader.audit import BrokenFactError
from disclosure.simulation.run import Result, check_council
from disclosure.simulation.shrink import describe_leak, shrink
from disclosure.simulation.twins import check_twins

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A council to check, by its seed and its catalogue's keys, and what to check beside leaks."""

    seed: str
    keys: frozenset[str] = NEW_KEYS
    has_twins: bool = False
    do_words_tell: bool = False
    is_compared: bool = False


def check_one(task: Task) -> Result:
    """Check the council of a seed."""
    seed = task.seed
    council = generate_council(seed, task.keys)
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = check_council(council, Path(folder), seed, do_words_tell=task.do_words_tell)
        except BrokenFactError:
            # The reader took a figure that was not sent again for one that was.
            return Result(counts=Counter({"councils": 1, "cannot be checked": 1}))
        except Exception as error:
            raise RuntimeError(f"council {seed} cannot be checked: {error}") from error
        if task.has_twins:
            result.counts.update(check_twins(council, Path(folder)))
        if task.is_compared:
            result.counts.update(count_price(council, Path(folder)))
    return result


def check_many(tasks: list[Task], jobs: int) -> Result:
    """Check the councils of many seeds, in several processes if `jobs` is more than 1."""
    result = Result()
    if jobs == 1:
        for task in tasks:
            result.add(check_one(task))
        return result
    with ProcessPoolExecutor(jobs) as pool:
        for each in pool.map(check_one, tasks, chunksize=8):
            result.add(each)
    return result


def format_report(result: Result) -> Iterator[str]:
    """The counts, then the leaks by the kind of indicator and what leaked."""
    for name, number in result.counts.items():
        yield f"{name.replace('_', ' ')}: {number:,}"
    for kind, number in result.kinds.most_common():
        yield f"  leak of {kind}: {number:,}"


def show_leaks(result: Result, keys: frozenset[str], most: int) -> Iterator[str]:
    """Some leaks, each with the smallest council that has it: of each kind one, then others."""
    shown: set[str] = set()
    for seed, leaks in result.leaking.items():
        council = generate_council(seed, keys)
        for verdict in leaks:
            small = verdict.small
            kind = f"{council.select(small.number).kind.name} {small.what}"
            if kind in shown or len(shown) >= most:
                continue
            shown.add(kind)
            with tempfile.TemporaryDirectory() as folder:
                smallest = shrink(council, small, Path(folder))
            yield f"\nCouncil {seed}. {describe_leak(smallest, small)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--councils", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="councils with other seeds are others")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many kinds of leaks to show")
    parser.add_argument("--twins", type=int, default=0, help="councils to rebuild with others")
    parser.add_argument("--greedy", action="store_true", help="compare with a plain choice")
    parser.add_argument("--without", action="append", default=[], choices=sorted(NEW_KEYS))
    parser.add_argument("--words-tell", action="store_true")
    chosen = parser.parse_args()
    keys = NEW_KEYS - set(chosen.without)
    started = time.perf_counter()
    tasks = [
        Task(
            seed=f"{chosen.seed}-{index}",
            keys=keys,
            has_twins=index < chosen.twins,
            do_words_tell=chosen.words_tell,
            is_compared=chosen.greedy,
        )
        for index in range(chosen.councils)
    ]
    result = check_many(tasks, chosen.jobs)
    print("\n".join(format_report(result)))
    print(f"seconds: {time.perf_counter() - started:.0f}")
    for each in show_leaks(result, keys, chosen.show):
        print(each)
    return 1 if result.counts["leaks"] else 0


if __name__ == "__main__":
    sys.exit(main())
