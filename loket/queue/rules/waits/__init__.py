"""The wait promised to somebody who comes now, from who is here and what weeks have taught.

``situation`` who waits, who is served, which counters are open · ``times`` how long a product takes
· ``expectation`` what else past weeks tell · ``play`` the queue played many times at once ·
``promise`` the range it gives ·
``told`` how a range is told.
"""
