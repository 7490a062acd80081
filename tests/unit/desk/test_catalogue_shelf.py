"""A catalogue that arrives while another thread looks at the disk."""

import threading

from loket.desk.catalogue_shelf import CatalogueShelf
from loket.desk.errors import NoCatalogue
from tests.gui import town

SECONDS = 10


class Server:
    def catalogue(self, *, known_version=None):
        return None if known_version == town.CATALOGUE.version else town.CATALOGUE


class SlowDisk:
    """Nothing is there; whoever looks in the other thread hears so when something just came."""

    def __init__(self, path, other):
        self._path, self._other = path, other
        self.looked, self._came = threading.Event(), threading.Event()

    def read_bytes(self):
        if threading.current_thread() is self._other():
            self.looked.set()
            assert self._came.wait(SECONDS)
        raise FileNotFoundError

    @property
    def parent(self):
        """Asked for when a catalogue is going to be written."""
        self._came.set()
        self._other().join(SECONDS)
        return self._path.parent

    def __getattr__(self, name):
        return getattr(self._path, name)

    def __fspath__(self):
        return str(self._path)


def test_what_came_while_the_disk_was_read_is_kept(tmp_path):
    def look():
        try:
            shelf.at_hand()
        except NoCatalogue:
            found.append("nothing")

    found = []
    other = threading.Thread(target=look)
    disk = SlowDisk(tmp_path / "catalogue.json", lambda: other)
    shelf = CatalogueShelf(Server(), disk)
    other.start()
    assert disk.looked.wait(SECONDS)
    assert shelf.newest() == town.CATALOGUE
    assert shelf.at_hand() == town.CATALOGUE
    assert found == []
