"""The look holds in old browsers, in the dark, and for those who do not tell red from green."""

import re
from itertools import combinations

import pytest

from tests.plumbing import colours
from tests.plumbing.project import ROOT

SHEETS = {
    path.name: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for path in (ROOT / "static" / "css").glob("*.css")
}
HUES = ("plum", "rust", "ochre", "moss", "pine", "petrol", "slate", "iris")
VERDICTS = ("go", "check", "stop", "none")
THEMES = ("light", "dark")
PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3", "brand", "bad") for ground in ("paper", "card")],
    *[("ink", "sunk"), ("brand", "sunk"), ("on-brand", "brand"), ("on-brand", "brand-hi"), ("paper", "ink")],
    *[("ink-2", "gone-tint"), ("ink-2", "gone-stub"), ("card", "ink-2"), ("on-brand", "focus")],
    *[("g-go", "card"), ("g-check", "card"), ("g-stop", "card")],
]
NEWER = r"@layer|:has\(|width\s*[<>]|(?<![\w-])(?:translate|rotate):|&"
every_sheet = pytest.mark.parametrize("sheet", sorted(SHEETS))
every_theme = pytest.mark.parametrize("theme", THEMES)


@every_sheet
def test_new_colour_words_stand_inside_supports_only(sheet):
    outside = without_blocks(SHEETS[sheet], "@supports")
    assert re.findall(r"oklch|oklab|light-dark|color-mix", outside) == []


@every_sheet
def test_nothing_newer_than_the_oldest_browser_is_relied_on(sheet):
    assert re.findall(NEWER, SHEETS[sheet]) == []


@every_sheet
def test_selectors_use_no_ids(sheet):
    selectors = re.findall(r"[^{};]+(?=\{)", SHEETS[sheet])
    assert [one.strip() for one in selectors if re.search(r"#[a-z]", one)] == []


@every_sheet
def test_only_paper_and_stillness_are_important(sheet):
    rest = without_blocks(without_blocks(SHEETS[sheet], "@media print"), "@media (prefers-reduced-motion")
    assert "!important" not in rest


@every_sheet
def test_masks_and_heights_have_their_older_spelling_first(sheet):
    lines = re.split(r"[;{}]", SHEETS[sheet])
    declared = [line.strip() for line in lines]
    for before, line in zip(["", *declared], declared, strict=False):
        if line.startswith("mask:"):
            assert before == f"-webkit-{line}"
        if "dvh" in line:
            assert before == line.replace("dvh", "vh")


@every_sheet
def test_a_store_is_never_called_by_another_name(sheet):
    assert re.search(r"\bshops?\b", SHEETS[sheet]) is None


@every_theme
@pytest.mark.parametrize("ink, ground", PAIRS)
def test_text_can_be_read(theme, ink, ground):
    tokens = tokens_of(theme)
    assert colours.contrast(tokens[ink], tokens[ground]) >= 4.5


@every_theme
@pytest.mark.parametrize("hue", HUES)
def test_text_can_be_read_on_every_paper(theme, hue):
    tokens, (tint, stub, tone) = tokens_of(theme), papers_of(theme)[hue]
    readings = [
        (tone, tint),
        (tone, stub),
        (tokens["ink"], tint),
        (tokens["ink-2"], stub),
        (tokens["ink-3"], tint),
    ]
    assert [pair for pair in (*readings, (tokens["card"], tone)) if colours.contrast(*pair) < 4.5] == []


@every_theme
def test_buttons_look_like_buttons_without_colour_mixing(theme):
    tokens = tokens_of(theme)
    assert [
        name for name in ("paper", "card", "sunk") if colours.contrast(tokens["edge"], tokens[name]) < 3
    ] == []
    assert [name for name in ("paper", "card") if colours.contrast(tokens["brand"], tokens[name]) < 3] == []


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_can_be_read(verdict):
    tokens = tokens_of("light")
    assert colours.contrast(tokens[f"on-{verdict}"], tokens[verdict]) >= 4.5


@pytest.mark.parametrize("one, other", list(combinations(VERDICTS, 2)))
def test_verdicts_differ_also_for_a_deuteranope(one, other):
    tokens = tokens_of("light")
    assert colours.distance(tokens[one], tokens[other]) >= 0.1
    assert colours.distance(tokens[one], tokens[other], colours.DEUTERANOPE) >= 0.1


def test_verdicts_are_the_same_in_the_dark():
    assert {"go", "on-go"}.isdisjoint(tokens_in(dark_blocks()[0]))


def test_the_dark_of_the_system_is_the_dark_of_the_account():
    system, account = (without_selectors(block) for block in dark_blocks())
    assert system == account


@pytest.mark.parametrize("hue", HUES)
def test_the_recipe_says_what_the_hex_says(hue):
    angle = float(found(rf"\[data-hue={hue}\] \{{ --h: (\d+)", SHEETS["recipe.css"]))
    for place, name in enumerate(("tint", "stub", "tone")):
        rule = found(rf"--{name}: (.+);", SHEETS["recipe.css"])
        parts = re.findall(r"oklch\(([\d.]+) ([\d.]+) var", rule)
        mixed = [colours.hex_of(float(light), float(strength), angle) for light, strength in parts]
        assert mixed == [papers_of(theme)[hue][place] for theme in THEMES]


def tokens_of(theme: str) -> dict[str, str]:
    light = tokens_in(SHEETS["tokens.css"])
    return light if theme == "light" else light | tokens_in(dark_blocks()[0].partition("[data-hue")[0])


def papers_of(theme: str) -> dict[str, tuple[str, ...]]:
    text = SHEETS["papers.css"] if theme == "light" else dark_blocks()[0]
    rows = re.findall(r"data-hue=(\w+)\]\) \{([^}]+)\}", text)
    return {hue: tuple(re.findall(r"#[0-9a-f]{6}", rules)) for hue, rules in rows}


def tokens_in(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text))


def dark_blocks() -> list[str]:
    system, account = SHEETS["dark.css"].split("@media screen {")
    return [system, account]


def without_selectors(block: str) -> list[str]:
    rules = re.findall(r"--[\w-]+: [^;}]+", block)
    return [rule.strip() for rule in rules]


def without_blocks(text: str, start: str) -> str:
    """The text without each block that begins so, braces and all."""
    while (begin := text.find(start)) >= 0:
        end = text.index("{", begin) + 1
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        text = text[:begin] + text[end:]
    return text


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None
    return match[1]
