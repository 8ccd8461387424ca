"""Forms: what a person typed becomes values, and what is wrong with it becomes sentences by the fields."""

from typing import NamedTuple

from flask import Flask
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field


class Problem(NamedTuple):
    """One line of the list before a form: the field it leads to, and the same words as beside that field."""

    field: str
    words: str


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours; its messages are ours too, so each validator names one."""

    def problems(self) -> list[Problem]:
        """Everything that is wrong, one line a field, in the order of the page."""
        return [Problem(field.id, str(field.errors[0])) for field in self if _counts(field)]

    def error(self, name: str) -> str:
        """What stands beside a field, or nothing."""
        errors = self[name].errors
        return str(errors[0]) if errors else ""

    def fail(self, name: str, words: str | Markup) -> None:
        """Say of a field what only a look elsewhere could tell."""
        self[name].errors = (*self[name].errors, words)


def install(app: Flask) -> None:
    """Messages come from our own catalogue, never from WTForms' or Flask-WTF's."""
    app.config["WTF_I18N_ENABLED"] = False


def _counts(field: Field) -> bool:
    return bool(field.errors) and field.type != "CSRFTokenField"
