"""`portal offer image`: a picture comes in from a file, is replaced, and goes again."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from sqlalchemy import select

from portal.core.offers.images import OfferImage
from portal.core.offers.offers import Offer
from portal.core.records.journal import JournalEntry
from portal.importing import images
from tests import build

Image_ = Callable[..., Result]


@pytest.fixture
def offer(session) -> Offer:
    offer = build.an_offer(session, slug="coffee")
    session.commit()
    return offer


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Image_:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *words: CliRunner().invoke(
        images.group, ["image", *map(str, words)], catch_exceptions=False
    )


def drawn(folder: Path, colour: str = "teal") -> Path:
    file = folder / f"{colour}.png"
    Image.new("RGB", (300, 200), colour).save(file)
    return file


def kept(session) -> list[OfferImage]:
    session.rollback()
    return list(session.scalars(select(OfferImage).execution_options(populate_existing=True)))


def test_a_picture_comes_in_once(run, session, offer, tmp_path):
    said = [run("coffee", drawn(tmp_path)).output for _ in range(2)]
    assert said[0].startswith("coffee shows ")
    assert said[0].endswith("teal.png (300 × 200, 1 kB).\n")
    assert said[1] == "coffee shows this picture already.\n"
    [image] = kept(session)
    assert (image.offer_id, image.kind, image.width, image.height) == (offer.id, "webp", 300, 200)
    assert Image.open(io.BytesIO(image.body)).format == "WEBP"


def test_another_takes_its_place_and_the_version_stays(run, session, offer, tmp_path):
    run("coffee", drawn(tmp_path))
    [first] = kept(session)
    before = first.sha256
    run("coffee", drawn(tmp_path, "navy"))
    [second] = kept(session)
    assert second.sha256 != before
    assert session.get_one(Offer, offer.id).version == 1


def test_it_can_be_taken_away(run, session, offer, tmp_path):
    run("coffee", drawn(tmp_path))
    said = [run("coffee", "--remove").output for _ in range(2)]
    assert said == ["coffee shows no picture now.\n", "coffee had no picture.\n"]
    assert kept(session) == []
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts == ["offer_image_set", "offer_image_removed"]


def test_what_cannot_be_done_is_said(run, session, offer, tmp_path):
    hostile = tmp_path / "hostile.png"
    hostile.write_bytes(b"<svg onload='alert(1)'>")
    said = {
        run("coffee", hostile).output: f"Error: {hostile}: use a whole PNG, JPEG or WebP picture.\n",
        run("tea", drawn(tmp_path)).output: "Error: there is no offer tea\n",
    }
    assert list(said) == list(said.values())
    for words in (["coffee"], ["coffee", drawn(tmp_path), "--remove"]):
        assert "name a file, or say --remove" in run(*words).output
    assert kept(session) == []
