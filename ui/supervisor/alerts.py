"""What is wrong, in words: from codes and figures to one clear sentence."""

from loket.insight.rules.alerts import Alert, AlertCode, alerts
from loket.kit.i18n import Words
from ui.supervisor.sites import Look, looks, queue_figures, series_looks
from ui.supervisor.state import AlertBar


def alert_bar(look: Look, words: Words) -> AlertBar | None:
    """The most urgent alert that nobody closed; how many others there are."""
    found = alerts(looks(look, queue_figures(look, words)), series_looks(look))
    left = [one for one in found if one.key not in look.closed_alerts]
    if not left:
        return None
    title, text = _sentence(left[0], look, words)
    site = _site_of(left[0], look)
    return AlertBar(left[0].key, title, text, site, len(left) - 1)


def standing(look: Look, words: Words) -> frozenset[str]:
    """The keys of all that is wrong now: one that is over may be told again another time."""
    found = alerts(looks(look, queue_figures(look, words)), series_looks(look))
    return frozenset(one.key for one in found)


def _sentence(alert: Alert, look: Look, words: Words) -> tuple[str, str]:
    given = dict(alert.params)
    name = {queue.id: queue.name for queue in look.catalogue.queues}.get(alert.about, "")
    match alert.code:
        case AlertCode.UNATTENDED:
            title = words("{queue} has no open counter", queue=name)
            waiting = int(given["waiting"])
            text = words.plural(
                "{n} visitor waits, {minutes} min already.",
                "{n} visitors wait, the longest {minutes} min already.",
                waiting,
                minutes=given["minutes"],
            )
            return title, text
        case AlertCode.LONGEST_WAIT:
            return words("{queue} is over the norm", queue=name), _long_wait(given, words)
        case AlertCode.SERIES:
            title = words("Series {prefix} is nearly used up", prefix=given["prefix"])
            text = words("{used} of {of} numbers given today.", used=given["used"], of=given["of"])
            return title, text
        case AlertCode.WITHIN_NORM:
            title = words("{queue} misses its target", queue=name)
            text = words(
                "{percent} % called within the norm today, the target is {target} %.", **given
            )
            return title, text


def _long_wait(given: dict[str, int | str], words: Words) -> str:
    """``A009 wacht al 23 min, de norm is 20 min. Ook A010 gaat er over 4 min voorbij``."""
    first = words(
        "{number} has waited {minutes} min, the norm is {norm} min.",
        number=given["number"],
        minutes=given["minutes"],
        norm=given["norm"],
    )
    over = int(given["over"]) - 1
    if over:
        more = words.plural("{n} other as well.", "{n} others as well.", over)
        return f"{first} {more}"
    if not given["then"]:
        return first
    left = words("{number} passes it in {left} min.", number=given["then"], left=given["left"])
    return f"{first} {left}"


def _site_of(alert: Alert, look: Look) -> str:
    if alert.code is AlertCode.SERIES:
        return alert.about.rpartition(":")[0]
    return next((one.site_id for one in look.catalogue.queues if one.id == alert.about), "")
