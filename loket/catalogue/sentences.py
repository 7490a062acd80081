"""A sentence for each problem of an import, and a name for each kind of record."""

from loket.kit.i18n import mark as _

KIND_NAMES = {
    "town": _("Town"),
    "sites": _("Site"),
    "departments": _("Department"),
    "queues": _("Queue"),
    "services": _("Service"),
    "counters": _("Counter"),
    "opening_hours": _("Opening hours"),
    "exceptions": _("Exception to the opening hours"),
    "products": _("Product"),
    "quick_products": _("Quick product"),
    "priority_reasons": _("Reason for priority"),
}

PROBLEMS = {
    "mapping_unreadable": _("the mapping cannot be read: {why}"),
    "mapping_unknown_kind": _("the mapping names a kind of record that does not exist"),
    "mapping_unknown_setting": _("this setting of the mapping does not exist or cannot be so"),
    "mapping_unknown_field": _("there is no such field; known are {known}"),
    "missing_file": _("this file is not in the folder"),
    "missing_column": _("this column is missing"),
    "bad_encoding": _("the file is neither UTF-8 nor Windows-1252"),
    "bad_csv": _("the file is not proper CSV: {why}"),
    "wrong_cells": _("the line has {found} cells, the header has {expected}"),
    "empty": _("must be filled in"),
    "too_long": _("is {length} characters long, at most {limit} fit"),
    "bad_code": _("“{value}” is no code: letters, digits, . _ - and at most 30 of them"),
    "bad_prefix": _("“{value}” is no prefix: one capital, but not I, O or Q"),
    "bad_number": _("“{value}” is no whole number from {least} to {most}"),
    "bad_amount": _("“{value}” is no amount"),
    "bad_choice": _("“{value}” is none of: {allowed}"),
    "bad_weekday": _("“{value}” is no day of the week"),
    "bad_time": _("“{value}” is no time of day"),
    "bad_date": _("“{value}” is no date"),
    "bad_link": _("“{value}” is not a title followed by an address"),
    "twice": _("stands already on line {first}"),
    "unknown": _("“{value}” does not exist"),
    "second_queue_at_site": _("{queue} is a second queue for this service at {site}"),
    "queue_elsewhere": _("{queue} is a queue of another site"),
    "queue_chosen_twice": _("{queue} is named twice"),
    "closes_before_it_opens": _("it closes before it opens"),
    "ends_before_it_begins": _("the hours end before they begin"),
    "overlaps": _("overlaps with line {first}"),
    "no_town": _("the town itself is missing"),
}
