"""The columns of an offer that say which points it gives."""

from portal.importing.cells import AtLeastOne, Switch
from portal.importing.rows import Row

AWARDS = ("points_value", "credits_award", "presence_points")


class Awards(Row):
    """Empty means: none, and those of a claim are credited."""

    points_value: AtLeastOne | None = None
    credits_award: Switch = True
    presence_points: AtLeastOne | None = None
