"""A partner's code on the pass: instead of ours or beside it, exactly as the partner wrote it."""

from typing import Any

from portal.core.offers.offers import CodeMode
from tests import build
from tests.members.ada import Ada

CODE = "Cine-7K2P-93qm"


def test_a_partners_code_is_shown_instead_of_ours(ada: Ada) -> None:
    page = ada.opens(f"/wallet/{a_claim(ada)}")
    assert page.one(class_="code").text == f"Code: {' '.join(CODE)}{CODE}"
    assert page.one("button", data_select="#code").attributes["data-copy"] == CODE
    how = page.section("How to use it").text
    assert "They scan it, or type it." in how
    assert "12 letters" not in how


def test_it_fills_the_screen_too(ada: Ada) -> None:
    page = ada.opens(f"/wallet/{a_claim(ada)}/full-screen")
    assert page.one(class_="code").text.endswith(CODE)
    assert page.one("svg", role="img").has({"aria-labelledby": "qr-title"})


def test_a_partners_code_stands_beside_ours(ada: Ada) -> None:
    ref = a_claim(ada, code_mode=CodeMode.MINTED)
    page = ada.opens(f"/wallet/{ref}")
    assert len(page.one("button", data_select="#code").attributes["data-copy"]) == 12
    how = page.section("How to use it")
    assert how.one("button").attributes["data-copy"] == CODE
    assert f"The partner’s code: {CODE}" in how.text


def test_beside_ours_it_goes_when_the_claim_no_longer_works(ada: Ada) -> None:
    ref = a_claim(ada, code_mode=CodeMode.MINTED, valid_days=1)
    ada.clock.forward(days=2)
    assert CODE not in ada.opens(f"/wallet/{ref}").text


def test_the_wallet_holds_no_partners_code(ada: Ada) -> None:
    a_claim(ada)
    assert "7K2P" not in ada.opens("/wallet").text + ada.answer.text


def test_an_empty_pool_reads_as_all_claimed(ada: Ada) -> None:
    offer = ada.meets("A film", code_mode=CodeMode.POOL, pool_id=build.a_pool(ada.session).id)
    assert "All of these have been claimed." in ada.opens(f"/offers/{offer.slug}").text
    ada.session.rollback()


def a_claim(ada: Ada, **terms: Any) -> str:
    pool = build.a_pool(ada.session, CODE, case_matters=True)
    given: dict[str, Any] = {"code_mode": CodeMode.POOL, "pool_id": pool.id} | terms
    return ada.holds(ada.meets("A film", **given)).reference
