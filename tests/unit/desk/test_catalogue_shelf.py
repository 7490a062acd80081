"""A catalogue that arrives while another thread looks at the disk."""

import threading

from loket.desk.catalogue_shelf import CatalogueShelf
from tests.gui import town


class Server:
    def catalogue(self, *, known_version=None):
        found = town.CATALOGUE
        return None if known_version == found.version else found


class SlowFile:
    """While it is read for the first time, another thread gets the catalogue."""

    def __init__(self, path):
        self._path, self.shelf = path, None
        self.parent = path.parent

    def read_bytes(self):
        shelf, self.shelf = self.shelf, None
        if shelf is not None:
            other = threading.Thread(target=shelf.newest)
            other.start()
            other.join()
            raise FileNotFoundError  # it was not there yet when the reading began
        return self._path.read_bytes()

    def with_name(self, name):
        return self._path.with_name(name)


def test_what_came_while_the_disk_was_read_is_kept(tmp_path):
    file = SlowFile(tmp_path / "catalogue.json")
    file.shelf = shelf = CatalogueShelf(Server(), file)
    assert not shelf.refresh()
    assert shelf.at_hand() == town.CATALOGUE
