"""Chance that is the same every time: numbers, moments, ids and codes from one seed."""

import math
import uuid
from datetime import datetime, timedelta
from random import Random

from loket.kit.ids import ALPHABET, CODE_LENGTH


class Chance(Random):
    """A random generator that knows what a history needs."""

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def seconds(self, least: int, most: int) -> timedelta:
        return timedelta(seconds=self.randint(least, most))

    def poisson(self, mean: float) -> int:
        """How many of something that happens ``mean`` times on average (Knuth's way)."""
        count, left = 0, self.random()
        limit = math.exp(-mean)
        while left > limit:
            count += 1
            left *= self.random()
        return count

    def service(self, mean_seconds: float) -> timedelta:
        """A time of service: log-normal, as measured at counters; never under half a minute."""
        spread = 0.45
        middle = math.log(mean_seconds) - spread**2 / 2
        drawn = self.lognormvariate(middle, spread)
        return timedelta(seconds=round(min(max(30.0, drawn), 4 * mean_seconds)))

    def id(self, moment: datetime) -> str:
        """A version 7 UUID of that moment."""
        value = int(moment.timestamp() * 1000) << 80 | self.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        return str(uuid.UUID(int=value))

    def code(self, kind: str) -> str:
        return kind + "".join(self.choices(ALPHABET, k=CODE_LENGTH))

    def follow_up_code(self) -> str:
        letters = "".join(self.choices(ALPHABET, k=8))
        return f"{letters[:4]}-{letters[4:]}"
