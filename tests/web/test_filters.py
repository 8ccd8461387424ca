"""Templates speak through the filters, given their zone and now."""

from datetime import UTC, datetime

import pytest
from flask import Flask, render_template_string

from portal.web import filters, i18n

NOW = datetime(2026, 11, 12, 12, 31, tzinfo=UTC)  # Thursday, 2:31pm in Vilnius
ENDS = datetime(2026, 11, 13, 22, tzinfo=UTC)  # 12am on Saturday there


@pytest.mark.parametrize(
    "source, words",
    [
        ("{{ 520 | money('EUR') }}", "€5.20"),
        ("{{ 1250 | number }}", "1,250"),
        ("{{ 1250 | points }}", "1,250 points"),
        ("{{ 20 | percent }}", "20%"),
        ("{{ 'percentage' | benefit(20, none) }}", "20% off"),
        ("{{ now | clock(zone) }}", "2:31pm"),
        ("{{ now | weekday(zone) }}", "Thursday"),
        ("{{ ends | date(now, zone, 'brief') }}", "14 Nov"),
        ("{{ now | day(now, zone) }}", "today"),
        ("{{ now | when(now, zone) }}", "Today, 2:31pm"),
        ("{{ now | stamp(now, zone) }}", "Today 2:31pm"),
        ("{{ now | moment(now, zone) }}", "today at 2:31pm"),
        ("{{ now | past(now, zone) }}", "today at 2:31pm"),
        ("{{ ends | ends(now, zone) }}", "tomorrow at 11:59pm"),
        ("{{ now | iso(zone) }}", "2026-11-12T14:31+02:00"),
        (
            "{{ now | time_tag(zone, now | when(now, zone)) }}",
            '<time datetime="2026-11-12T14:31+02:00">Today, 2:31pm</time>',
        ),
        ("{{ (ends | expiry(now, zone)).words }}", "Expires <b>tomorrow</b>, Friday, at 11:59pm"),
        ("{{ ends | paper_end(zone) }}", "Use by <b>Friday 13 November 2026</b>, 11:59pm Vilnius time"),
        ("{{ ends | on_card(now, zone) }}", "Expires tomorrow, 11:59pm"),
        ("{{ ends | claim_by(now, zone) }}", "Claim by 11:59pm tomorrow"),
        ("{{ ends | ended(now, zone) }}", "Ended 13 Nov"),
        ("{{ ends | again_from(now, zone) }}", "again from 14 Nov"),
        ("{{ ends | opens(now, zone) }}", "Opens Sat 14 November, 12am"),
        ("{{ (ends | opens_stub(now, zone)).wait }}", "opens in 2 days"),
        ("{{ zone_words(zone) }}", "Vilnius time"),
    ],
)
def test_a_template_speaks(app, source, words):
    with app.test_request_context():
        assert render_template_string(source, now=NOW, ends=ENDS, zone="Europe/Vilnius") == words


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask(__name__)
    i18n.install(app)
    filters.install(app)
    return app
