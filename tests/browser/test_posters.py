"""A poster in print preview: one sheet, light in every theme, and a camera reads where it leads."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from portal.core.club.sign_ins import Face
from tests.browser.conftest import Tab
from tests.browser.stage import Stage

MANAGER = "manager@example.com"
WHITE = "rgb(255, 255, 255)"


@pytest.fixture
def sheet(demo: Stage, tab: Tab) -> Page:
    """The poster of free coffee, opened from the counter."""
    page = tab()
    demo.enter(page, MANAGER, Face.STAFF)
    page.get_by_role("link", name="Posters").click()
    page.get_by_role("link", name="Free coffee").click()
    expect(page.get_by_role("heading", name="Free coffee")).to_be_visible()
    return page


def test_a_camera_reads_the_way_to_join(demo: Stage, sheet: Page) -> None:
    for scheme in ("light", "dark"):
        sheet.emulate_media(color_scheme=scheme, media="print")
        seen = Image.open(io.BytesIO(sheet.screenshot(full_page=True)))
        [found] = zxingcpp.read_barcodes(seen)
        assert found.text == f"{demo.app.config['PORTAL'].public_url}/join?offer=free-coffee&from=poster"


def test_it_is_one_sheet_of_a4_without_buttons(sheet: Page) -> None:
    sheet.emulate_media(media="print", color_scheme="dark")
    assert sheet.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == WHITE
    expect(sheet.get_by_role("button", name="Print")).to_be_hidden()
    pages = sheet.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages == 1


def test_the_button_prints(sheet: Page) -> None:
    sheet.evaluate("() => { window.print = () => { window.printed = true; } }")
    sheet.get_by_role("button", name="Print").click()
    assert sheet.evaluate("() => window.printed") is True
