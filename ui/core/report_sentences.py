"""The sentences for what is refused about reports."""

from loket.kit.i18n import mark

REPORTS: dict[str, str] = {
    "report.unknown": mark("This report is not known. Search by reference or by its words."),
    "report.exists": mark("This report was taken down already."),
    "report.unknown_category": mark("This category is not known any more. Choose another one."),
    "report.category_closed": mark("The category {category} was closed. Choose another one."),
    "report.unknown_reporter": mark("This person has nothing to do with the report any more."),
    "report.unknown_department": mark("This department is no longer in the catalogue."),
    "report.unknown_party": mark("This party is no longer in the list. Choose another one."),
    "report.handler_may_not": mark(
        "{name} cannot handle reports any more. Choose another colleague."
    ),
    "report.handler_elsewhere": mark(
        "{name} does not work for this department, whose matters are confidential. "
        "Choose one of its own people."
    ),
    "report.too_many_involved": mark(
        "These are more than {limit} reports. Let the filter show fewer."
    ),
    "report.involved_changed": mark(
        "There are {people} people now, another number than stood there. Look and try again."
    ),
    "report.informed_meanwhile": mark(
        "{name} has just told {people} of them something. Look what it was before you write."
    ),
    "report.informed_already": mark("This was sent already. Nobody gets it twice."),
    "report.promise_exists": mark("This call was promised already."),
    "report.linked_to_itself": mark(
        "These reports cannot be linked so. Link to one that is itself linked to none."
    ),
    "report.reply_unfinished": mark(
        "{field} still stands between braces in the reply. Fill it in, then send."
    ),
    "report.nothing_said": mark("There is no text yet. Write down what is the matter."),
    "report.no_way_to_answer": mark(
        "There is no address or number for the answer. Fill it in, or choose another way."
    ),
    "report.unknown_mail": mark("This mail is no longer there."),
    "report.mail_settled": mark("A colleague settled this mail already."),
    "report.stale": mark("{reference} was changed by a colleague. Look at it and try again."),
    "report.wrong_state": mark("That cannot be done with this report now. The screen is right."),
    "report.reason_missing": mark("Say why, in a few words."),
    "report.not_a_complaint": mark("Only a complaint can be inadmissible or founded."),
    "report.term_extended": mark("The term was extended already. That happens once."),
    "report.no_extension": mark("The regulation knows no extension for this kind of report."),
    "report.term_unreadable": mark("A term lasts from one day to a year."),
    "report.receipt_after_answer": mark(
        "The receipt would come after the answer. Give the answer more days, or the receipt less."
    ),
    "report.arrangement_stale": mark(
        "A colleague kept another version meanwhile. Keep again to make this hold, or go back."
    ),
    "report.name_missing": mark("It has no name yet. Type one."),
    "report.name_taken": mark("{name} is there already. Take another name, or reopen that one."),
    "report.party_in_use": mark(
        "{name} still gets reports (categories: {categories}, rules: {rules}). Change those first."
    ),
    "report.unknown_reply": mark("This ready reply was removed meanwhile."),
    "report.reply_field_unknown": mark(
        "{field} is no field and would never be filled in. Choose one from the list."
    ),
    "report.reply_brace": mark(
        "A brace stands alone. A field is written between two of them, as in the list."
    ),
    "report.goal_unclear": mark("Choose one department or one party."),
    "report.attachment_too_large": mark("This file is too large. Choose one of at most 12 MB."),
    "report.attachment_refused": mark("Only photos and PDF files can be attached."),
    "report.too_many_attachments": mark("There are {limit} files already. Remove one first."),
    "report.attachment_exists": mark("This file was attached already."),
    "report.unknown_attachment": mark("This file is no longer there."),
    "report.arrangements_unreadable": mark("The file cannot be read at {where}: {what}."),
}
