"""Names that both sides must spell alike: headers, versions, limits."""

API_PREFIX = "/api/v1"
PROTOCOL_VERSION = 1
"""Raised when an older desk can no longer be served; the server then answers 426."""

IDEMPOTENCY_KEY = "Idempotency-Key"
OCCURRED_AT = "Loket-Occurred-At"
"""ISO 8601 moment of a deferred act on the server's time, as the desk measured it."""
DEADLINE = "Loket-Deadline"
"""ISO 8601 moment on the server's time after which a live act is refused rather than done late."""
AUTHOR = "Loket-Author"
"""Who did a deferred act, when it is delivered with the desk's own credential."""
PROTOCOL = "Loket-Protocol"
REQUEST_ID = "Loket-Request-Id"
SERVER_TIME = "Loket-Server-Time"
REPLAYED = "Loket-Replayed"
"""``1`` when the answer is the stored one of an earlier request with the same key."""

HEARTBEAT_SECONDS = 15
LIVE_DEADLINE_SECONDS = 5
"""How long a desk lets a live act be under way: its deadline is this far ahead."""
MAX_CLOCK_SKEW_SECONDS = 300
"""A deferred act that claims to lie further ahead than this is refused."""
