"""``python -m loket COMMAND``: the server, imports, the story, measurements."""

import argparse
import runpy
import sys

ELSEWHERE = {
    "story": ("ui.story", "play a scripted morning through the real windows"),
    "bench": ("loket.bench", "measure speed, as JSON lines"),
}
"""Commands with arguments of their own; those with windows live above ``loket``."""


def main() -> int:
    if len(sys.argv) > 1 and sys.argv[1] in ELSEWHERE:
        module, _help = ELSEWHERE[sys.argv.pop(1)]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    from loket.server.commands import add_commands  # noqa: PLC0415 - the others start quicker

    parser = argparse.ArgumentParser(prog="python -m loket")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_commands(commands)
    for name, (_module, text) in ELSEWHERE.items():
        commands.add_parser(name, help=text)
    options = parser.parse_args()
    status: int = options.run(options)
    return status


if __name__ == "__main__":
    sys.exit(main())
