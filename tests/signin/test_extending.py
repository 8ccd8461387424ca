"""More time by a link: a look changes nothing, one press gives it, and then the link is spent."""

import os
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.core.claims import extending
from portal.core.claims.claims import Claim
from tests import build
from tests.members import page
from tests.plumbing.clock import NOON


def test_it_works_once(app, client: FlaskClient, session: Session) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    claim = build.claim(
        session, build.a_member(session), build.an_offer(session, "Free coffee", extend_days=7)
    )
    address = f"/extend/{extending.make_link(session, claim, now=NOON, entropy=os.urandom)}"
    ends = claim.expires_at
    session.commit()
    assert "Keep it for longer?" in page.read(client.get(address).text).one("h1").text
    assert "Yours for longer" in client.post(address).text
    session.expire_all()
    assert ends is not None
    assert session.query(Claim).one().expires_at == ends + timedelta(days=7)
    for answer in (client.get(address), client.post(address), client.get("/extend/made-up")):
        assert (answer.status_code, "This link works no more" in answer.text) == (410, True)
