"""``python -m loket bench appointments|board|queue|reports|ui``."""

import runpy
import sys

BENCHES = {
    "appointments": "loket.bench.appointments",
    "board": "loket.bench.board",
    "queue": "loket.bench.queue",
    "reports": "loket.bench.reports",
    "ui": "ui.bench",
}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in BENCHES:
        sys.stderr.write(f"usage: python -m loket bench {'|'.join(sorted(BENCHES))} [options]\n")
        return 2
    sys.argv.pop(1)
    runpy.run_module(BENCHES[name], run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
