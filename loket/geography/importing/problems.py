"""What is wrong with a file of map features: which feature, a code, and parameters."""

from dataclasses import dataclass, field

from loket.kit.errors import Params


@dataclass(frozen=True)
class MapProblem:
    """One thing that must be mended; ``feature`` counts from 1, 0 is the file as a whole."""

    feature: int
    about: str
    """The property; empty: the feature as a whole."""
    code: str
    params: Params = field(default_factory=dict)


class FeatureRefused(Exception):
    """A feature that cannot be read; whoever knows its place makes a :class:`MapProblem` of it."""

    def __init__(self, code: str, name: str = "", **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.about = name
        self.params: Params = dict(params)
