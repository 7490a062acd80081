"""What opening or closing a counter would do to the waits: the supervisor's advice."""

from dataclasses import dataclass, replace

from loket.queue.rules.waits.expectation import Expectation, Stream
from loket.queue.rules.waits.promise import forecast, new_visitors
from loket.queue.rules.waits.situation import OpenCounter, Situation
from loket.queue.rules.waits.told import Wait


@dataclass(frozen=True)
class Effect:
    """The wait of who would come now, before and after; None: nobody serves them."""

    stream: Stream
    before: Wait | None
    after: Wait | None

    @property
    def gain(self) -> float:
        """Minutes that the middle gets shorter; 0 where one of the two is not known."""
        if self.before is None or self.after is None:
            return 0.0
        return self.before.middle - self.after.middle


def what_if(
    situation: Situation,
    expected: Expectation,
    *,
    open_counter: OpenCounter | None = None,
    close_counter: str = "",
) -> list[Effect]:
    """What a counter more or less does to every queue, the largest gain first.

    Both are played with the same chance: what differs is the counter.
    """
    asked = new_visitors(situation)
    counters = tuple(one for one in situation.counters if one.id != close_counter)
    if open_counter is not None and all(one.id != open_counter.id for one in counters):
        counters = (*counters, open_counter)
    before = forecast(situation, expected, asked)
    after = forecast(replace(situation, counters=counters), expected, asked)
    effects = [Effect(stream, before.get(stream), after.get(stream)) for stream in asked]
    return sorted(effects, key=lambda effect: -effect.gain)
