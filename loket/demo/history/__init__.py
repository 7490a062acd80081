"""Thirteen weeks of a town hall, made up but believable: deterministic, from catalogue and hours.

``demand`` says how many come, when and for what; ``roster`` who sits where; ``room`` lets them
wait, be called and be served; ``weeks`` puts the days together; ``past`` is what comes out.
"""
