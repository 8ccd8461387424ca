"""Two ways to walk through pages: by pointing, which also works without scripts, and by keys alone."""

import re

from playwright.sync_api import Locator, Page, expect

FAR = 120


class Hands:
    """Somebody at a page, who names what they see."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path if path.startswith("http") else self.url + path)

    def press(self, words: str) -> None:
        """The first button that begins so."""
        self.act_on(self.page.get_by_role("button", name=_begins(words)).first)

    def follow(self, words: str) -> None:
        """The first link that begins so."""
        self.act_on(self.page.get_by_role("link", name=_begins(words)).first)

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label).first.fill(words)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def sees(self, words: str) -> None:
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def act_on(self, part: Locator) -> None:
        part.click()


class Keys(Hands):
    """The same, with nothing but a keyboard."""

    def act_on(self, part: Locator) -> None:
        self.reach(part)
        self.page.keyboard.press("Enter")

    def fill(self, label: str, words: str) -> None:
        self.reach(self.page.get_by_label(label).first)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def tick(self, label: str) -> None:
        part = self.page.get_by_label(label).first
        self.reach(part)
        if not part.is_checked():
            self.page.keyboard.press("Space")

    def reach(self, part: Locator) -> None:
        """Tab until the focus is there."""
        part.wait_for()
        for _ in range(FAR):
            if part.evaluate("part => part === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{part} is not among the next {FAR} stops")


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(words)}")
