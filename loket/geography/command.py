"""What ``python -m loket streets FILE [--dry-run]`` shows."""

from collections.abc import Iterator, Sequence

from loket.geography.importing.planning import MapPlan
from loket.geography.importing.problems import MapProblem
from loket.geography.sentences import KIND_NAMES, MAP_PROBLEMS
from loket.kit.i18n import Words

_SHOWN = 40
"""Lines per part."""


def map_lines(plan: MapPlan, words: Words) -> Iterator[str]:
    """The plan, or its problems, for a terminal."""
    if plan.problems:
        yield from _cut([_problem(problem, words) for problem in plan.problems])
        n = len(plan.problems)
        yield words.plural(
            "{n} problem. Nothing was imported.", "{n} problems. Nothing was imported.", n
        )
        return
    if not plan.changes_anything:
        yield words("The map is already as the file says.")
        return
    for kind, counts in plan.counts.items():
        changes = words(
            "{new} new, {changed} changed, {gone} gone",
            new=counts.new,
            changed=counts.changed,
            gone=counts.gone,
        )
        yield f"{words(KIND_NAMES[kind])}: {changes}"
    yield from _names(words("New"), plan.new)
    yield from _names(words("Gone"), plan.gone)


def _names(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{title} ({len(names)})"
        yield from _cut([f"  {name}" for name in names])


def _cut(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"  … + {len(lines) - _SHOWN}"


def _problem(problem: MapProblem, words: Words) -> str:
    place = words("feature {n}", n=problem.feature) if problem.feature else ""
    head = " · ".join(part for part in (place, problem.about) if part)
    sentence = words(MAP_PROBLEMS[problem.code], **problem.params)
    return f"{head}: {sentence}" if head else sentence
