"""Every text that somebody reads stands in their language; the catalogues hold nothing else."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("texts", ROOT / "installer" / "texts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TEXTS = tool()


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_catalogue_is_complete(language: str) -> None:
    assert TEXTS.faults(language) == []


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    wrong = [
        message.id for message in TEXTS.kept(language) if message.id and _places_differ(message)
    ]
    assert wrong == []


def _places_differ(message: Message) -> bool:
    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    asked = {place for text in ids for place in _places(text)}
    return any(set(_places(text)) != asked for text in strings)


def _places(text: str) -> list[str]:
    return [piece.partition("}")[0] for piece in text.split("{")[1:]]


def test_what_citizens_read_is_named_and_exists() -> None:
    assert all((ROOT / file).is_file() for file in TEXTS.READ_BY_CITIZENS)
    shown = {
        str(file.relative_to(ROOT).as_posix())
        for file in (ROOT / "loket").rglob("*.py")
        if "spoken(" in (text := file.read_text(encoding="utf-8")) or "languages_of(" in text
    }
    # Who only asks which languages there are has no texts of its own.
    silent = {"loket/kit/i18n.py", "loket/displays/picture.py", "loket/desk/papers.py"}
    silent |= {"loket/desk/letters.py"}
    silent |= {"loket/visitor_page/queries.py"}
    assert shown - silent <= TEXTS.READ_BY_CITIZENS
