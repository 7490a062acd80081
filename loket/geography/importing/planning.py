"""Comparing what a file says with what there is: the plan that a dry run shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from loket.geography.importing.problems import MapProblem
from loket.geography.importing.reading import MapRead, read_map_file
from loket.geography.importing.records import (
    ADDRESSES,
    STREETS,
    AddressKey,
    Layers,
    StreetKey,
    StreetRecord,
)
from loket.geography.rules.whereabouts import AreaKind

Key = TypeVar("Key")


@dataclass(frozen=True)
class Counts:
    """How many come, go, and change."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True)
class MapPlan:
    """What an import would do to the map of ``version``; with problems it does nothing."""

    version: int
    imported: frozenset[str]
    """The kinds that occur in the file; the others stay."""
    layers: Layers
    """The whole map as it will be."""
    counts: Mapping[str, Counts]
    """By kind, only where something changes."""
    new: tuple[str, ...]
    """Names of streets that come, for who looks at the plan."""
    gone: tuple[str, ...]
    problems: tuple[MapProblem, ...]

    @property
    def changes_anything(self) -> bool:
        return bool(self.counts)


def plan_map(content: bytes, *, current: Layers, version: int) -> MapPlan:
    """Read the file and compare it with the map as it is."""
    read = read_map_file(content)
    if not read.problems:
        read.problems += _unknown_streets(read, current)
    if read.problems:
        return MapPlan(version, frozenset(), current, {}, (), (), tuple(read.problems))
    wanted = _wanted(read, current)
    return MapPlan(
        version=version,
        imported=frozenset(read.kinds),
        layers=wanted,
        counts=dict(_counts(wanted, current)),
        new=_names(wanted.streets, current.streets),
        gone=_names(current.streets, wanted.streets),
        problems=(),
    )


def _unknown_streets(read: MapRead, current: Layers) -> Iterator[MapProblem]:
    known = read.streets if STREETS in read.kinds else current.streets
    for key in read.addresses:
        if key.street not in known:
            params = {"value": f"{key.street.folded}, {key.street.municipality}"}
            yield MapProblem(read.places[key], "street", "unknown_street", {**params})


def _wanted(read: MapRead, current: Layers) -> Layers:
    streets = current.streets
    if STREETS in read.kinds:
        streets = {key: StreetRecord(*found) for key, found in read.streets.items()}
    return Layers(
        streets=streets,
        addresses=_addresses(read, current, streets),
        areas={**current.areas, **{kind: tuple(found) for kind, found in read.areas.items()}},
    )


def _addresses(
    read: MapRead, current: Layers, streets: Mapping[StreetKey, StreetRecord]
) -> Mapping[AddressKey, tuple[int, int]]:
    """An address goes with its street."""
    if ADDRESSES in read.kinds:
        return read.addresses
    return {key: spot for key, spot in current.addresses.items() if key.street in streets}


def _counts(wanted: Layers, current: Layers) -> Iterator[tuple[str, Counts]]:
    pairs = [(STREETS, _compared(wanted.streets, current.streets))]
    pairs.append((ADDRESSES, _compared(wanted.addresses, current.addresses)))
    for kind in AreaKind:
        after = set(wanted.areas.get(kind, ()))
        before = set(current.areas.get(kind, ()))
        pairs.append((kind, Counts(new=len(after - before), gone=len(before - after))))
    yield from ((kind, counts) for kind, counts in pairs if counts.any)


def _compared(after: Mapping[Key, object], before: Mapping[Key, object]) -> Counts:
    return Counts(
        new=len(after.keys() - before.keys()),
        changed=sum(before[key] != after[key] for key in after.keys() & before.keys()),
        gone=len(before.keys() - after.keys()),
    )


def _names(
    one: Mapping[StreetKey, StreetRecord], other: Mapping[StreetKey, StreetRecord]
) -> tuple[str, ...]:
    found = (f"{one[key].name}, {key.municipality}" for key in one if key not in other)
    return tuple(sorted(found))
