"""Options that the commands of the server share: where the data is, and numbers."""

import argparse
from collections.abc import Callable
from pathlib import Path

from loket.kit.paths import DataFolder
from loket.store.engine import sqlite_url


def add_data_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="the data folder")
    parser.add_argument("--database-url", help="PostgreSQL, or another SQLite file")


def number_from(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
            raise argparse.ArgumentTypeError(f"{text}: a number from {least} to {most}")
        return int(text)

    return number


def folder_of(options: argparse.Namespace) -> DataFolder:
    return DataFolder(options.data) if options.data else DataFolder.of_user()


def database_url_of(options: argparse.Namespace) -> str:
    return options.database_url or sqlite_url(folder_of(options).database)
