"""Sign-in from the desk's side."""

from loket.link.errors import NotSignedIn, Rejected
from loket.link.http import Limits, Request, ServerLink
from loket.link.session import Credential, Session
from loket.staff.messages import Demonstration, SignedIn, SignIn
from loket.wire.health import Health

_AT_THE_START = Limits(find=60.0)
"""An embedded server may be starting, with a migration to do or a demonstration town to build."""


class StaffGateway:
    """Typed calls about who works here."""

    def __init__(self, link: ServerLink, session: Session) -> None:
        self._link = link
        self._session = session

    def health(self) -> Health:
        return self._link.call(Request.get("/health", Health))

    def demonstration(self) -> Demonstration:
        return self._link.call(Request.get("/demonstration", Demonstration), limits=_AT_THE_START)

    def sign_in(self, command: SignIn) -> SignedIn:
        """Open a session and use it from now on; a wrong password is Rejected."""
        try:
            signed_in = self._link.call(
                Request.post("/sessions", SignedIn, command), limits=_AT_THE_START
            )
        except NotSignedIn as refusal:
            # Everywhere else 401 means that a session is over; here nobody had one.
            raise Rejected(refusal.problem) from refusal
        credential = Credential(signed_in.token, signed_in.user.id, signed_in.desk_token)
        self._session.begin(credential)
        return signed_in

    def sign_out(self) -> None:
        """End the session here and on the server."""
        bearer = self._session.bearer()
        self._session.end()
        request = Request("DELETE", "/sessions/current", type(None), headers=bearer)
        self._link.call(request, limits=Limits(connect=1.0, read=3.0))
