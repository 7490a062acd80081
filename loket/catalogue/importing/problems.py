"""What is wrong with an import: where it stands, a code, and parameters."""

from dataclasses import dataclass, field

from loket.kit.errors import Params


@dataclass(frozen=True)
class Problem:
    """One thing that must be mended; ``line`` 0 is the file as a whole, as is an empty column."""

    file: str
    line: int
    column: str
    code: str
    params: Params = field(default_factory=dict)


class CellRefused(Exception):
    """A cell that cannot be read; whoever knows its place makes a :class:`Problem` of it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = dict(params)
