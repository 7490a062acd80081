"""What one person's desk remembers: theme, language, where the window stood."""

import json
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from loket.kit.i18n import STAFF_LANGUAGES

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Preferences:
    """All of them, with their defaults."""

    theme: str = "light"
    language: str = "nl"
    window: bytes = b""


class PreferenceStore:
    """Preferences in the settings of the platform."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def load(self) -> Preferences:
        known = Preferences()
        window = self._settings.value("window")
        return Preferences(
            theme=self._one_of(THEMES, "theme", known.theme),
            language=self._one_of(STAFF_LANGUAGES, "language", known.language),
            window=bytes(window.data()) if isinstance(window, QByteArray) else known.window,
        )

    def change(self, **changed: Any) -> Preferences:
        """Keep what changed, and give the whole as it now is."""
        now = replace(self.load(), **changed)
        self._settings.setValue("theme", now.theme)
        self._settings.setValue("language", now.language)
        self._settings.setValue("window", QByteArray(now.window))
        return now

    def filters_of(self, person: str) -> dict[str, str]:
        """The filters on reports that somebody kept, by name; what cannot be read is none."""
        try:
            kept = json.loads(str(self._settings.value(f"report_filters/{person}", "{}")))
        except json.JSONDecodeError:
            return {}
        return {str(name): str(text) for name, text in dict(kept).items()}

    def keep_filters(self, person: str, filters: dict[str, str]) -> None:
        self._settings.setValue(f"report_filters/{person}", json.dumps(filters))

    def _one_of(self, allowed: tuple[str, ...], key: str, default: str) -> str:
        value = self._settings.value(key)
        return value if isinstance(value, str) and value in allowed else default
