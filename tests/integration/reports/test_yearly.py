"""The yearly report to the council: counted from what was really done, on both databases."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from loket.desk.year_papers import write_workbook, year_facts
from loket.kit.clock import FixedClock
from loket.kit.i18n import words
from loket.paper.pdf import PdfPaper
from loket.reports.messages.yearly import YearReport, YearRow, YearSection
from loket.reports.rules.yearly import SectionKey
from loket.store.work import Store
from tests.reporting import arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def year(sit: Sit, store: Store) -> YearReport:
    """Four complaints: one answered in time, one late, one inadmissible, one that came back."""
    arrange(store)
    clock = store.clock
    assert isinstance(clock, FixedClock)
    hanne = sit("hanne", "loket-1")

    def act(one: str, name: str, **said: object) -> None:
        version = file_of(hanne, one)["report"]["version"]
        answer = hanne.post(f"/reports/{one}/{name}", {"seen_version": version, **said})
        assert answer.status_code == 200, answer.text

    in_time, late, refused, returned = (
        registered(hanne, kind="complaint", channel=channel)["report"]["id"]
        for channel in ("desk", "phone", "phone", "desk")
    )
    registered(hanne, kind="issue")
    act(refused, "inadmissible", reason="over_a_year", text="Te lang geleden.")
    act(returned, "return", reason="Niet voor ons.")
    clock.advance(days=10)
    hanne.sign_in("hanne", "loket-1")
    act(in_time, "reply", text="Besluit.", then="resolve", close=True)
    act(in_time, "judge", founded="yes", solved="partly")
    clock.advance(days=40)
    hanne.sign_in("hanne", "loket-1")
    act(late, "reply", text="Besluit.", then="resolve")
    answer = hanne.get("/report-years/2026")
    assert answer.status_code == 200, answer.text
    return YearReport.model_validate(answer.json())


def counts(report: YearReport, key: str) -> dict[str, int]:
    section = next(one for one in report.sections if one.key == key)
    return {row.key: row.count for row in section.rows if row.count}


def test_what_was_done_is_what_is_counted(year: YearReport) -> None:
    assert (year.total, year.average_days, year.median_days) == (4, 20.0, 10.0)
    assert counts(year, "admissible") == {"yes": 3, "no": 1}
    assert counts(year, "inadmissible") == {"over_a_year": 1}
    assert counts(year, "founded") == {"yes": 1, "open": 2}
    assert counts(year, "solved") == {"partly": 1, "open": 2}
    assert counts(year, "term") == {"within": 2, "over": 2}
    assert counts(year, "channel") == {"desk": 2, "phone": 2}
    assert counts(year, "month") == {"03": 4}
    assert len(year.overdue) == 2
    assert [line.reason for line in year.returned] == ["Niet voor ons."]
    assert [line.reason for line in year.inadmissible] == ["over_a_year"]


def test_it_becomes_a_workbook_and_a_pdf(year: YearReport, tmp_path: Path) -> None:
    facts = year_facts(year, "Stad Heidebeek", words("nl"))
    book = tmp_path / "jaar.xlsx"
    write_workbook(facts, book)
    with ZipFile(book) as parts:
        text = parts.read("xl/sharedStrings.xml").decode()
    assert "Jaarverslag klachten 2026" in text
    assert not list(tmp_path.glob("*.part"))
    pdf = tmp_path / "jaar.pdf"
    pdf.write_bytes(PdfPaper().year(facts))
    pages = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    for said in ("Jaarverslag klachten 2026", "Gegrond", "Meer dan een jaar geleden", "20"):
        assert said in pages


@pytest.mark.parametrize("reason", ["1.5", "²", "=1+1"])
def test_a_reason_stays_the_words_it_was(year: YearReport, tmp_path: Path, reason: str) -> None:
    returned = [line.model_copy(update={"reason": reason}) for line in year.returned]
    facts = year_facts(year.model_copy(update={"returned": returned}), "Heidebeek", words("nl"))
    write_workbook(facts, tmp_path / "jaar.xlsx")
    with ZipFile(tmp_path / "jaar.xlsx") as parts:
        assert f"<t>{reason}</t>" in parts.read("xl/sharedStrings.xml").decode()


def test_who_may_not_see_figures_does_not(year: YearReport, sit: Sit) -> None:
    assert year.total
    assert sit("sofie", "onthaal-1").get("/report-years/2026").status_code == 403


def test_what_was_resolved_without_a_reply_was_in_time(sit: Sit, store: Store) -> None:
    """Said by telephone, or to nobody: the day on which it was resolved counts."""
    arrange(store)
    clock = store.clock
    assert isinstance(clock, FixedClock)
    hanne = sit("hanne", "loket-1")
    one = registered(hanne, kind="complaint")["report"]
    clock.advance(days=3)
    hanne.sign_in("hanne", "loket-1")
    body = {"seen_version": one["version"], "act": "resolve", "close": True}
    assert hanne.post(f"/reports/{one['id']}/move", body).status_code == 200
    clock.advance(days=60)
    hanne.sign_in("hanne", "loket-1")
    report = YearReport.model_validate(hanne.get("/report-years/2026").json())
    assert (counts(report, "term"), report.overdue) == ({"within": 1}, [])
    assert report.average_days == 3.0
    asked = {"first": "2026-01-01", "last": "2026-12-31", "by": "theme"}
    together = hanne.get("/report-overview", params=asked).json()["together"]
    assert (together["on_time"], together["late"]) == (1, 0)


def test_shares_are_of_what_a_table_counts(year: YearReport) -> None:
    """Three of four complaints are judged or to be judged: those three are the whole."""
    facts = year_facts(year, "Stad Heidebeek", words("nl"))
    tables = {table.title: table.rows for table in facts.figures}
    assert [row[2] for row in tables["Gegrond"]] == ["33", "0", "0", "67"]
    assert tables["Waarom onontvankelijk"] == (("Meer dan een jaar geleden", "1", "100"),)


def test_what_came_by_mail_is_called_so(year: YearReport) -> None:
    section = YearSection(key=SectionKey.CHANNEL, rows=[YearRow(key="mail", count=1)])
    report = year.model_copy(update={"sections": [section]})
    [table] = year_facts(report, "Stad Heidebeek", words("nl")).figures
    assert table.rows == (("E-mail", "1", "100"),)
