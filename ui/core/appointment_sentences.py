"""The sentences for what is refused about appointments."""

from loket.kit.i18n import mark

APPOINTMENTS: dict[str, str] = {
    "appointment.rule": mark("These days cannot repeat so. Choose weekdays, or days of a month."),
    "appointment.unknown": mark("This appointment is not known. Search by name or reference."),
    "appointment.unknown_hold": mark("This moment was no longer kept. Choose it again."),
    "appointment.unknown_wish": mark("This entry of the waiting list is no longer there."),
    "appointment.exists": mark("This appointment exists already."),
    "appointment.not_offered": mark("{product} has no appointments here. Choose another site."),
    "appointment.taken": mark("This moment was just taken. Choose one of those near it."),
    "appointment.closed": mark("No appointments are offered then. Choose another moment."),
    "appointment.too_long": mark(
        "It takes {minutes} min and {left} are left. Choose an earlier moment."
    ),
    "appointment.past": mark("This moment is over. Choose a later one."),
    "appointment.notice": mark("This is booked at least {hours} hours before. Choose later."),
    "appointment.horizon": mark("This is offered up to {days} days ahead. Choose earlier."),
    "appointment.persons": mark("At most {most} persons come together. Book a second one."),
    "appointment.state": mark("{reference} is in another state by now. The screen is right."),
    "appointment.stale": mark("{reference} was changed by a colleague. Look at it and try again."),
    "appointment.other_site": mark("{reference} is at another site. Send the visitor there."),
    "appointment.too_early": mark(
        "{reference} is more than {minutes} min away. Let them come back, or check in anyway."
    ),
    "appointment.too_late": mark(
        "{reference} was more than {minutes} min ago. Give a ticket, or check in anyway."
    ),
    "appointment.not_yet_absent": mark("{reference} is still to come."),
    "appointment.no_address": mark("There is no address to confirm to. Fill it in, or print it."),
}
