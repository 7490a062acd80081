"""The sentences for what is refused about appointments."""

from loket.kit.i18n import mark

APPOINTMENTS: dict[str, str] = {
    "appointment.rule": mark("These days cannot repeat so. Choose weekdays, or days of a month."),
    "appointment.unknown": mark("This appointment is not known. Search by name or reference."),
    "appointment.unknown_hold": mark("This moment was no longer kept. Choose it again."),
    "appointment.hold_exists": mark("This moment was no longer kept. Choose it again."),
    "appointment.unknown_wish": mark("This entry of the waiting list is no longer there."),
    "appointment.unknown_feed": mark("This calendar address is no longer there."),
    "appointment.unknown_department": mark("This department is no longer in the catalogue."),
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
    "appointment.another_day": mark("{reference} is on another day. Move it, or give a ticket."),
    "appointment.too_early": mark(
        "{reference} is more than {minutes} min away. Let them come back, or check in anyway."
    ),
    "appointment.too_late": mark(
        "{reference} was more than {minutes} min ago. Give a ticket, or check in anyway."
    ),
    "appointment.not_yet_absent": mark("{reference} is still to come."),
    "appointment.no_address": mark("There is no address to confirm to. Fill it in, or print it."),
    # schedules
    "appointment.rule_never": mark("No day comes of this. Choose other days, or a later end."),
    "appointment.schedule_stale": mark(
        "{by} changed these opening times meanwhile. Reload them, then change them again."
    ),
    "appointment.hours": mark(
        "{opens} to {closes} cannot be. Choose an end after the beginning, on whole five minutes."
    ),
    "appointment.days": mark("{first} to {last} cannot be. Choose a later last day."),
    "appointment.no_places": mark("Nobody can be received in this period. Give it a place."),
    "appointment.too_many_places": mark(
        "Periods that overlap have {places} places together. At most {most} are possible."
    ),
    "appointment.period_exists": mark("This period exists already. Reload, then change it again."),
}
