"""``python -m loket simulate``: days under a policy, and our promise on trial, as JSON lines."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from loket.kit.errors import LoketError
from loket.simulation.day import Day, read_day
from loket.simulation.policies import POLICIES

_FIRST = date(2026, 3, 16)
_LEARNING, _CALIBRATING = 45, 12
_LEARNING_FROM, _CALIBRATING_FROM = date(2025, 12, 15), date(2026, 2, 23)


def add_simulate(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    number: Callable[[int, int], Callable[[str], int]],
) -> None:
    """Describe the command."""
    simulate = commands.add_parser("simulate", help="play days under a policy, as JSON lines")
    simulate.add_argument("--policy", choices=(*POLICIES, "all"), default="accumulating")
    simulate.add_argument("--day", type=Path, help="a JSON file; see loket/simulation/day.py")
    simulate.add_argument("--days", type=number(1, 400), default=20)
    simulate.add_argument("--seed", type=number(0, 999_999), default=1)
    simulate.add_argument("--forecast", action="store_true", help="put our promise on trial")
    simulate.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play, and exit with 1 when a check of ours fails."""
    try:
        return _forecast(options) if options.forecast else _policies(options)
    except LoketError as error:
        sys.stderr.write(f"{error.code}: {error.params}\n")
        return 1


def _policies(options: argparse.Namespace) -> int:
    from loket.simulation.outcomes import by_class  # noqa: PLC0415 - serving starts quicker
    from loket.simulation.run import play_day  # noqa: PLC0415

    days = _days(options)
    lost = 0
    for name in POLICIES if options.policy == "all" else [options.policy]:
        played = [(day, play_day(day, POLICIES[name])) for day in days]
        for line in by_class(played):
            _print({"policy": name, "days": len(days), **asdict(line)})
        lost += sum(len(day.visitors) != len(outcomes) for day, outcomes in played)
    return 1 if lost else 0


def _days(options: argparse.Namespace) -> list[Day]:
    if options.day is not None:
        return [read_day(options.day)]
    from loket.demo.days import demo_town  # noqa: PLC0415

    return list(demo_town().days(_FIRST, options.days, seed=options.seed))


def _forecast(options: argparse.Namespace) -> int:
    from loket.demo.days import demo_town  # noqa: PLC0415
    from loket.simulation import trial  # noqa: PLC0415
    from loket.simulation.learning import learn_from  # noqa: PLC0415

    town, seed = demo_town(), options.seed
    sys.stderr.write(f"learning from {_LEARNING} days, calibrating on {_CALIBRATING} others\n")
    past = town.days(_LEARNING_FROM, _LEARNING, seed=1000 + seed)
    lesson = learn_from(trial.outcomes_of(past), town.lineages())
    others = town.days(_CALIBRATING_FROM, _CALIBRATING, seed=2000 + seed)
    lesson = trial.calibrated(others, lesson)
    sys.stderr.write(f"judging on {options.days} days that it never saw\n")
    days = town.days(_FIRST, options.days, seed=3000 + seed)
    verdict = trial.judge(trial.put_to_the_test(days, lesson), lesson)
    _print({"days": options.days, **asdict(verdict)})
    faults = list(verdict.faults())
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


def _print(line: dict[str, object]) -> None:
    shown = {name: round(it, 3) if isinstance(it, float) else it for name, it in line.items()}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    sys.stdout.flush()
