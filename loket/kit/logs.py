"""Logging: one line per record, with time, level, logger and the request it belongs to."""

import logging
import re
from contextvars import ContextVar
from pathlib import Path

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# A Belgian national number (85.07.30-033.28), with or without its marks: never in a log.
_NATIONAL_NUMBER = re.compile(r"\b\d{2}[./\s-]?\d{2}[./\s-]?\d{2}[./\s-]?\d{3}[./\s-]?\d{2}\b")


class _Scrub(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        text = record.getMessage()
        scrubbed = _NATIONAL_NUMBER.sub("[national number]", text)
        if scrubbed != text:
            record.msg, record.args = scrubbed, ()
        return True


def set_up(level: int = logging.INFO, file: Path | None = None) -> None:
    """Send all records to standard error, or to ``file``."""
    handler: logging.Handler
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    handler.addFilter(_Scrub())
    form = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
    handler.setFormatter(logging.Formatter(form))
    logging.basicConfig(level=level, handlers=[handler], force=True)
