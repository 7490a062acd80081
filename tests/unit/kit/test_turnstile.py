"""Whoever came first is let through first, and who waits too long is told so."""

import threading

import pytest

from loket.kit.turnstile import Turnstile

LONG = 30.0


def _in_line(turnstile: Turnstile, many: int) -> None:
    while turnstile.waiting < many:
        threading.Event().wait(0.001)


def test_those_who_wait_go_through_in_the_order_in_which_they_came():
    turnstile, gone = Turnstile(1, LONG), []

    def go(nr: int) -> None:
        with turnstile.through():
            gone.append(nr)

    threads = [threading.Thread(target=go, args=(nr,)) for nr in range(20)]
    with turnstile.through():
        for nr, thread in enumerate(threads, start=1):
            thread.start()
            _in_line(turnstile, nr)
        assert gone == []
    for thread in threads:
        thread.join()
    assert gone == list(range(20))


def test_so_many_at_once_and_no_more():
    turnstile = Turnstile(2, 0.0)
    with turnstile.through(), turnstile.through():
        with pytest.raises(TimeoutError), turnstile.through():
            pass
        assert turnstile.waiting == 0
    with turnstile.through(), turnstile.through():
        pass


def test_a_place_is_given_back_when_something_goes_wrong():
    turnstile = Turnstile(1, 0.0)
    with pytest.raises(KeyError), turnstile.through():
        raise KeyError
    with turnstile.through():
        pass
