"""Which category a text is about, learnt from the town's own reports.

Learning takes scikit-learn, and only the command that trains imports it; a server needs no more
than numpy to use what was learnt.
"""
