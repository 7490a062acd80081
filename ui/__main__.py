"""``python -m ui --desk loket-3``: the window of one desk."""

import sys

from ui.app import main

if __name__ == "__main__":
    sys.exit(main())
