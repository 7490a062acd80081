"""What the store can refuse."""

from loket.kit.errors import Conflict, Invalid, NotAllowed, Unavailable


class KeyReused(Invalid):
    """The same key with another request: a programming error of the client."""

    code = "idempotency.key_reused"


class InProgress(Conflict):
    """A twin with the same key, or another writer, holds the lock for too long."""

    code = "in_progress"
    final = False


class MayNot(NotAllowed):
    """The person's roles do not include this permission."""

    code = "staff.may_not"


class TooLate(Conflict):
    """A live act arrived after its deadline and was not done."""

    code = "store.too_late"


class NewerDatabase(Conflict):
    """The database was made by a newer program; nothing was touched."""

    code = "store.newer_database"


class OlderDatabase(Conflict):
    """Steps are missing in the database, and whoever asks must not take them."""

    code = "store.older_database"


class ForeignDatabase(Conflict):
    """A proper database, but of another program; nothing was touched."""

    code = "store.foreign_database"


class UnknownDatabase(Invalid):
    """The address of the database is none, or of a kind that Loket does not run on."""

    code = "store.unknown_database"


class DiskFull(Unavailable):
    code = "store.disk_full"


class NotWritable(Unavailable):
    """The data folder or database file cannot be written."""

    code = "store.not_writable"


class NotADatabase(Unavailable):
    """The database file is damaged, or something else than a database."""

    code = "store.not_a_database"


class DatabaseAway(Unavailable):
    """The database server does not answer."""

    code = "server.database_away"
