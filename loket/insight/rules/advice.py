"""Which counter to open: what is worth a supervisor's press, chosen from what-ifs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST_GAIN = 3.0
"""Minutes; less is not worth leaving other work for."""


@dataclass(frozen=True)
class Effect:
    """What opening a counter does to who would come to a queue now; minutes."""

    counter_id: str
    queue_id: str
    before: float | None
    """None: nobody serves them now."""
    after: float

    @property
    def gain(self) -> float:
        return float("inf") if self.before is None else self.before - self.after


@dataclass(frozen=True)
class Candidate:
    """A counter that could open; ``seated``: somebody is there, and pauses."""

    counter_id: str
    seated: bool


def worthwhile(
    effects: Iterable[Effect], candidates: Iterable[Candidate], norms: Mapping[str, int]
) -> list[Effect]:
    """For each counter its best effect, if a queue is over its norm; the largest gain first.

    Of two alike the counter where somebody sits: that is one press.
    """
    seated = {one.counter_id: one.seated for one in candidates}
    best: dict[str, Effect] = {}
    for effect in effects:
        if _helps(effect, norms) and (
            effect.counter_id not in best or effect.gain > best[effect.counter_id].gain
        ):
            best[effect.counter_id] = effect
    return sorted(best.values(), key=lambda one: (-one.gain, not seated.get(one.counter_id)))


def _helps(effect: Effect, norms: Mapping[str, int]) -> bool:
    norm = norms.get(effect.queue_id)
    if norm is None or effect.gain < LEAST_GAIN:
        return False
    return effect.before is None or effect.before > norm
