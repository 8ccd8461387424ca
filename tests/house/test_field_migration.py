"""What a field is called and why it is asked come along, up and down and up again."""

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from portal import migrating
from portal.core.club import fields
from portal.core.club.fields import FieldKind, FieldWords
from portal.web import db

BEFORE = "2026_11_21_16_offer_images"


def test_the_words_of_a_field_survive(blank_url):
    migrating.upgrade(blank_url)
    with db.alone(blank_url) as session:
        declare(session)
    migrating.downgrade(blank_url, BEFORE)
    with db.alone(blank_url) as session:
        older = table("profile_fields", column("label"), column("purpose"), column("place"))
        rows = session.execute(select(older).order_by(older.c.place)).all()
    migrating.upgrade(blank_url)
    with db.alone(blank_url) as session:
        diet, mug = fields.declared(session)
        assert rows == [("Diet", "So that it fits.", 0), ("Puodelis", "Kavai.", 1)]
        assert (diet.words("en"), mug.words("en").label) == (
            FieldWords("Diet", "So that it fits.", {"vegan": "vegan"}),
            "Puodelis",
        )


def declare(session: Session) -> None:
    options = {"vegan": "Vegan"}
    fields.declare(session, "diet", "Diet", FieldKind.CHOICE, purpose="So that it fits.", options=options)
    fields.declare(session, "mug", "Puodelis", FieldKind.TEXT, purpose="Kavai.", language="lt")
    session.commit()
