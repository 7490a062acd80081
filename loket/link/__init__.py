"""The desk's kernel towards a server: calls with limits, the outbox, the event stream.

It knows no ticket and no visit: areas bring their own words in their ``gateway`` modules.
"""
