"""All tables of all areas, gathered for migrations."""

from sqlalchemy import MetaData

from loket.appointments import tables as appointments
from loket.catalogue import tables as catalogue
from loket.correspondence import tables as correspondence
from loket.displays import tables as displays
from loket.geography import tables as geography
from loket.queue import tables as queue
from loket.reports import tables as reports
from loket.staff import tables as staff
from loket.store import tables as kernel
from loket.store.base import Base
from loket.visits import tables as visits

AREAS = (
    kernel,
    staff,
    catalogue,
    geography,
    correspondence,
    visits,
    queue,
    reports,
    appointments,
    displays,
)
METADATA: MetaData = Base.metadata
