"""What stands in the yearly report to the council, in words; and the workbook of it."""

import re
from pathlib import Path

import xlsxwriter

from loket.kit.i18n import Words, mark
from loket.paper.facts import FigureTable, YearFacts
from loket.reports.messages.yearly import YearLineShown, YearReport, YearSection
from loket.reports.rules.flow import Inadmissible
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.yearly import SectionKey
from loket.visits.messages import Channel

TITLES = {
    ReportKind.COMPLAINT: mark("Yearly report of complaints {year}"),
    ReportKind.ISSUE: mark("Yearly report of issues {year}"),
    ReportKind.SUGGESTION: mark("Yearly report of suggestions {year}"),
    ReportKind.QUESTION: mark("Yearly report of questions {year}"),
}
_SECTIONS = {
    SectionKey.ADMISSIBLE: mark("Admissible"),
    SectionKey.INADMISSIBLE: mark("Why inadmissible"),
    SectionKey.FOUNDED: mark("Founded"),
    SectionKey.SOLVED: mark("Solved"),
    SectionKey.TERM: mark("Answered within the term"),
    SectionKey.RECEIPT: mark("Receipt confirmed within the term"),
    SectionKey.DURATION: mark("Days until the answer"),
    SectionKey.CHANNEL: mark("How it came in"),
    SectionKey.THEME: mark("By theme"),
    SectionKey.DEPARTMENT: mark("By department"),
    SectionKey.MONTH: mark("By month"),
}
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{3})*(,[0-9]+)?")
"""As the report writes it; a reason such as 1.5 is none."""
_ONLY_COMPLAINTS = frozenset(
    {SectionKey.ADMISSIBLE, SectionKey.INADMISSIBLE, SectionKey.FOUNDED, SectionKey.SOLVED}
)
_ROWS = {
    "yes": mark("Yes"),
    "no": mark("No"),
    "partly": mark("Partly"),
    "open": mark("Not decided yet"),
    "within": mark("Within the term"),
    "over": mark("Over the term"),
    "pending": mark("Term still runs"),
    "0-20": mark("up to 20 days"),
    "21-45": mark("21 to 45 days"),
    "46-90": mark("46 to 90 days"),
    ">90": mark("more than 90 days"),
    Channel.DESK: mark("Desk"),
    Channel.PHONE: mark("Telephone"),
    Channel.MAIL: mark("E-mail"),
    Channel.CHAT: mark("Chat"),
    Channel.WHATSAPP: mark("WhatsApp"),
    Channel.SOCIAL: mark("Social media"),
    Channel.APP: mark("App"),
    Channel.WEB: mark("Website"),
}
REASONS = {
    Inadmissible.ANONYMOUS: mark("Anonymous"),
    Inadmissible.POLICY: mark("About policy or regulation"),
    Inadmissible.APPEAL_OPEN: mark("Appeal is still possible"),
    Inadmissible.HANDLED_BEFORE: mark("Handled before"),
    Inadmissible.OVER_A_YEAR: mark("More than a year ago"),
    Inadmissible.IN_COURT: mark("Before a court"),
    Inadmissible.MANIFESTLY_UNFOUNDED: mark("Manifestly unfounded"),
    Inadmissible.NO_INTEREST: mark("No interest"),
    Inadmissible.NOT_COMPETENT: mark("The town is not competent"),
    Inadmissible.OWN_STAFF: mark("Internal matter of staff"),
}
"""Why a complaint is not handled, in words."""


def year_facts(report: YearReport, town: str, say: Words) -> YearFacts:
    """The report in words; what is about complaints alone is left out of the others."""
    only = report.kind is ReportKind.COMPLAINT
    sections = [one for one in report.sections if only or one.key not in _ONLY_COMPLAINTS]
    lists = [(mark("Over the term"), report.overdue)]
    if only:
        lists.append((mark("Inadmissible"), report.inadmissible))
    lists.append((mark("Returned by a department"), report.returned))
    return YearFacts(
        town=town,
        title=say(TITLES[report.kind], year=report.year),
        year=report.year,
        summary=(
            (say("Number"), say.number(report.total)),
            (say("Average number of days until the answer"), _days(report.average_days, say)),
            (say("Median number of days until the answer"), _days(report.median_days, say)),
        ),
        figures=tuple(_figures(one, say) for one in sections),
        lists=tuple(_list(say(title), lines, say) for title, lines in lists if lines),
        made_at=report.made_at,
    )


def _days(days: float | None, say: Words) -> str:
    return "–" if days is None else say.number(days)


def _figures(section: YearSection, say: Words) -> FigureTable:
    """Shares are of what the table counts: of the founded ones, only what was admissible."""
    total = sum(row.count for row in section.rows)
    return FigureTable(
        title=say(_SECTIONS[section.key]),
        heads=("", say("Number"), "%"),
        rows=tuple(
            (
                _row_name(section.key, row.key, say),
                say.number(row.count),
                say.number(round(100 * row.count / total)) if total else "–",
            )
            for row in section.rows
        )
        or ((say("None"), "0", "–"),),
    )


def _row_name(section: SectionKey, key: str, say: Words) -> str:
    if section is SectionKey.INADMISSIBLE:
        return say(REASONS[Inadmissible(key)])
    if section is SectionKey.MONTH:
        return say.month(int(key))
    if section in {SectionKey.THEME, SectionKey.DEPARTMENT}:
        return key or say("Not decided yet")
    return say(_ROWS[key])


def _list(title: str, lines: list[YearLineShown], say: Words) -> FigureTable:
    return FigureTable(
        title=title,
        heads=(say("Reference"), say("Registered"), say("About"), say("Department"), say("Why")),
        rows=tuple(
            (
                line.reference,
                f"{line.registered_on:%d/%m/%Y}",
                line.title,
                line.department,
                _why(line, say),
            )
            for line in lines
        ),
    )


def _why(line: YearLineShown, say: Words) -> str:
    known = {str(reason): name for reason, name in REASONS.items()}
    if line.reason:
        return say(known[line.reason]) if line.reason in known else line.reason
    return say("answer by {day}", day=f"{line.due:%d/%m/%Y}")


def write_workbook(facts: YearFacts, file: Path) -> None:
    """The figures on one sheet, each list on its own; there whole or not at all."""
    partial = file.with_name(f".{file.name}.part")
    try:
        with xlsxwriter.Workbook(str(partial)) as book:
            bold = book.add_format({"bold": True})
            sheet = book.add_worksheet(str(facts.year))
            sheet.set_column(0, 0, 44)
            sheet.write_string(0, 0, facts.title, bold)
            line = 2
            for name, figure in facts.summary:
                sheet.write_string(line, 0, name)
                _write(sheet, line, 1, figure)
                line += 1
            for table in facts.figures:
                line = _write_table(sheet, line + 1, table, bold)
            for table in facts.lists:
                own = book.add_worksheet(table.title[:31])
                own.set_column(0, 4, 24)
                _write_table(own, 0, table, bold)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _write_table(sheet: object, line: int, table: FigureTable, bold: object) -> int:
    for place, text in enumerate((table.title, *table.heads[1:])):
        sheet.write_string(line, place, text, bold)  # type: ignore[attr-defined]  # no stubs
    for row in table.rows:
        line += 1
        for place, cell in enumerate(row):
            _write(sheet, line, place, cell)
    return line + 1


def _write(sheet: object, line: int, place: int, cell: str) -> None:
    """A number as one, everything else as text: nothing becomes a formula."""
    if place and _NUMBER.fullmatch(cell):
        number = float(cell.replace(".", "").replace(",", "."))
        sheet.write_number(line, place, number)  # type: ignore[attr-defined]
    else:
        sheet.write_string(line, place, cell)  # type: ignore[attr-defined]
