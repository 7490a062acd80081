"""A day of a waiting room played under a policy: the rules that serve the town, on trial.

``day`` what comes and who sits where, also as a JSON file · ``policies`` who is next, in several
ways · ``run`` the day itself · ``learning`` what days teach · ``outcomes`` waits per class ·
``trial`` our promise beside simpler ones and one that knows more · ``what_if`` one counter more.
"""
