"""Monday from nine to twelve past ten, played through the real acts while no server runs.

``hour`` what comes when · ``desks`` what happens at a counter · ``waits`` what slips promise.
"""
