"""What a refusal to start or to import means, for whoever stands at the terminal."""

from loket.kit.errors import LoketError
from loket.kit.i18n import Words
from loket.kit.i18n import mark as _

SENTENCES = {
    "server.already_running": _(
        "A server is already running on the folder {folder} (process {pid}). "
        "Stop it first, or choose another folder with --data."
    ),
    "server.port_taken": _("Port {port} is taken. Choose another one with --port."),
    "server.address_refused": _("This machine cannot listen on {host}, port {port}: {reason}."),
    "server.database_away": _("The database {database} does not answer. Is it running?"),
    "store.newer_database": _(
        "This database was made by a newer version of Loket (step {revision}). "
        "Nothing was changed. Update this program."
    ),
    "store.not_writable": _(
        "{file} cannot be written. Give this user access, or choose another folder with --data."
    ),
    "store.not_a_database": _(
        "{file} is damaged, or not a database of Loket. Nothing was changed. "
        "Put a copy in its place, or choose another folder with --data."
    ),
    "store.older_database": _(
        "This database is of an older version of Loket (step {revision}). "
        "Start the server once, which brings it up to date."
    ),
    "store.foreign_database": _(
        "{file} is a database of another program. Nothing was changed. "
        "Choose another folder with --data, or another file with --database-url."
    ),
    "store.unknown_database": _(
        "The address of the database cannot be read, or is not of PostgreSQL or SQLite. "
        "Write it as postgresql://user@host/name or sqlite:///file."
    ),
    "store.disk_full": _("The disk is full. Nothing was changed. Make room and start again."),
    "demo.day_begun": _(
        "Tickets were given this morning already. The busy hour needs a fresh one: "
        "choose an empty folder with --data."
    ),
    "channels.setting": _(
        "{setting} cannot be read. See python -m loket serve --help for how it is written."
    ),
    "catalogue.empty": _("The town has no catalogue yet. Import it first."),
    "geography.no_file": _("{file} cannot be read. Check its name and who may read it."),
    "geography.moved_on": _("Somebody changed the map meanwhile. Run the import again."),
    "display.unknown_code": _(
        "No screen shows this code any more. Look at the screen and type the code that stands "
        "there now."
    ),
    "catalogue.moved_on": _("Somebody changed the catalogue meanwhile. Run the import again."),
}


def sentence(error: LoketError, say: Words) -> str:
    """What happened and what to do; the bare code where there is no sentence."""
    text = SENTENCES.get(error.code)
    return say(text, **error.params) if text else str(error)
