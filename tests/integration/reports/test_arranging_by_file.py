"""A file of arrangements beside what was changed by hand: told first, then carried out."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.i18n import words
from loket.reports.arranging import ArrangementsUnreadable, read_file
from loket.server.importing import import_reports
from loket.store.work import Store

FILE = """
[[parties]]
code = "net"
name = "Netbeheerder"
email = "net@example.be"

[[categories]]
code = "lamp"
name = "Straatverlichting"
party = "net"

[[categories]]
code = "tegel"
name = "Voetpad"
department = "bz"
"""
RULES = """
[[rules]]
kinds = ["complaint"]
categories = ["tegel"]
quarters = ["Centrum"]
department = "soc"
"""
TERMS = """
[terms.question]
receipt_days = 5
answer_days = 15
"""
REPLIES = """
[[replies]]
name = "Opgelost"
text = "Dag {naam}"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "meldingen.toml"
    found.write_text(FILE + RULES + TERMS + REPLIES, encoding="utf-8")
    return found


def rows(store: Store, query: str) -> list[Any]:
    with store.reading() as reads:
        return [tuple(row) for row in reads.execute(text(query))]


def by_hand(store: Store, statement: str) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(text(statement))


def told(store: Store, file: Path, capsys: Any, *, dry_run: bool = False) -> list[str]:
    assert import_reports(store, file, words("en"), dry_run=dry_run) == 0
    return capsys.readouterr().out.splitlines()


def test_all_of_it_is_told_and_then_there(store: Store, file: Path, capsys: Any) -> None:
    wished = [
        "Party · new · Netbeheerder",
        "Category · new · Straatverlichting",
        "Category · new · Voetpad",
        "Ready reply · new · Opgelost",
        "Terms · changed · question",
        "Rules of dispatch · changed · 1",
    ]
    assert told(store, file, capsys, dry_run=True) == wished
    assert rows(store, "SELECT id FROM report_category") == []
    assert told(store, file, capsys) == [*wished, "Imported."]
    assert rows(store, "SELECT place, department_id FROM report_routing_rule") == [(1, "d-soc")]
    assert told(store, file, capsys) == ["Nothing changes.", "Imported."]
    assert rows(store, "SELECT DISTINCT version FROM report_category") == [(1,)]


def test_what_was_changed_by_hand_is_told_before_it_is_undone(
    store: Store, file: Path, capsys: Any
) -> None:
    told(store, file, capsys)
    by_hand(store, "UPDATE report_category SET team = 'ploeg Wegen', version = 2")
    by_hand(
        store,
        "INSERT INTO report_category (id, code, name, keywords, department_id, team, alert_phone)"
        " VALUES ('rc-nieuw', 'nieuw', 'Nieuw', '[]', 'd-bz', '', '')",
    )
    changes = told(store, file, capsys, dry_run=True)
    assert changes == [
        "Category · changed · Straatverlichting",
        "Category · changed · Voetpad",
        "Category · is closed · Nieuw",
    ]
    told(store, file, capsys)
    kept = rows(store, "SELECT id, version, closed_at IS NULL FROM report_category ORDER BY id")
    assert kept == [("rc-lamp", 3, True), ("rc-nieuw", 2, False), ("rc-tegel", 3, True)]


def test_parts_of_which_a_file_says_nothing_stay(store: Store, file: Path, capsys: Any) -> None:
    told(store, file, capsys)
    file.write_text(FILE.partition("[[categories]]")[2].join(["[[categories]]", ""]), "utf-8")
    assert told(store, file, capsys) == ["Nothing changes.", "Imported."]
    assert len(rows(store, "SELECT id FROM report_reply_template")) == 1
    assert len(rows(store, "SELECT id FROM report_routing_rule")) == 1
    assert rows(store, "SELECT closed_at FROM report_party") == [(None,)]
    file.write_text(f"rules = []\nreplies = []\n{FILE}", "utf-8")
    assert "Rules of dispatch · goes · 0" in told(store, file, capsys)
    assert rows(store, "SELECT id FROM report_reply_template") == []
    assert rows(store, "SELECT id FROM report_routing_rule") == []


@pytest.mark.parametrize(
    "wrong",
    [
        'replies = [{name = "A", text = "Dag {naaam}"}]',
        'replies = [{name = "A", text = "B"}, {name = "A", text = "C"}]',
        'rules = [{kinds = ["complaint"]}]',
        "terms = {issue = {receipt_days = 20, answer_days = 10}}",
    ],
)
def test_a_file_that_cannot_be(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f"{wrong}\n{FILE}", encoding="utf-8")
    with pytest.raises(ArrangementsUnreadable):
        read_file(file)


@pytest.mark.parametrize("wrong", ['categories = ["weg"]\ndepartment = "bz"', 'party = "weg"'])
def test_a_rule_about_what_is_not_there(store: Store, tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f"{FILE}\n[[rules]]\n{wrong}\n", encoding="utf-8")
    with pytest.raises(ArrangementsUnreadable):
        import_reports(store, file, words("en"))
    assert rows(store, "SELECT id FROM report_category") == []
