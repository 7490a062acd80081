"""What somebody who takes a ticket now may expect, per queue: the one place displays ask it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from statistics import mean

from sqlalchemy import Connection

from loket.catalogue.messages import Product, Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.forecaster import SiteForecast
from loket.queue.queries import open_counters, seated_people, waiting_in
from loket.queue.rules.life import expected_wait, minutes
from loket.queue.rules.waits.told import rounded


def expected_waits(
    reads: Connection,
    offer: Offer,
    queues: list[Queue],
    moment: datetime,
    known: SiteForecast | None,
) -> Mapping[str, int | None]:
    """Whole minutes by queue id; nothing of a queue while no counter is open for it."""
    if not queues:
        return {}
    seated = seated_people(reads, queues[0].site_id, moment)
    day = local_day(moment)
    usual = _usual_service(offer)
    waits: dict[str, int | None] = {}
    for queue in queues:
        counters = open_counters(offer, queue.id, seated)
        if not counters:
            continue
        ahead = waiting_in(reads, queue.id, day)
        wait = known.promise(queue.id, ahead, priority="") if known else None
        if wait is None:  # there is no forecast yet, or a counter has just opened
            plain = expected_wait(ahead, usual.get(queue.id, 0), counters)
            waits[queue.id] = minutes(plain)
        else:
            waits[queue.id] = rounded(wait)[1]
    return waits


def _usual_service(offer: Offer) -> dict[str, int]:
    """Mean seconds at the counter by queue, each product as heavy as it is asked."""
    served: dict[str, list[Product]] = defaultdict(list)
    queues = {
        service: queue.id for queue in offer.catalogue.queues for service in queue.service_ids
    }
    for product in offer.catalogue.products:
        if product.service_id in queues:
            served[queues[product.service_id]].append(product)
    return {queue: _mean(products) for queue, products in served.items()}


def _mean(products: list[Product]) -> int:
    asked = sum(product.asked for product in products)
    if not asked:
        return round(mean(product.mean_service_seconds for product in products))
    return round(sum(each.mean_service_seconds * each.asked for each in products) / asked)
