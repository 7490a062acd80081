"""A Belgian keyboard: Ctrl and the key left of é, which writes & without Shift, is quick key 1."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool", "setxkbmap")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
KEY_LEFT_OF_E_ACUTE = "10"
"""X key code of the first digit key."""

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}"),
]


@contextlib.contextmanager
def running(*command, **more):
    with subprocess.Popen(command, **more) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def display():
    reads, writes = os.pipe()
    screen = ("Xvfb", "-displayfd", str(writes), "-screen", "0", "1440x900x24", "-nolisten", "tcp")
    with running(*screen, pass_fds=(writes,), stderr=subprocess.DEVNULL):
        os.close(writes)
        with os.fdopen(reads) as told:
            env = {**os.environ, "DISPLAY": f":{told.readline().strip()}"}
        with running("openbox", env=env, stderr=subprocess.DEVNULL):
            subprocess.run(["setxkbmap", "be"], env=env, check=True, timeout=10)
            yield env


def test_a_quick_key_on_azerty_gives_its_ticket(display, small_town, tmp_path):
    env = {**display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    desk = (sys.executable, str(Path(__file__).with_name("azerty_desk.py")), small_town)
    with running(*desk, str(tmp_path / "desk"), env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"ready"
        key = ["xdotool", "key", f"ctrl+{KEY_LEFT_OF_E_ACUTE}"]
        subprocess.run(key, env=env, check=True, timeout=10)
        assert process.stdout.readline().strip() == b"A001"
        assert process.wait(30) == 0
