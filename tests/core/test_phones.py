"""Phone numbers are kept in one form; names are compared as people write them."""

import pytest

from portal.core.club import phones, taking_over


@pytest.mark.parametrize(
    "typed, country, kept",
    [
        ("+370 612 34567", "", "+37061234567"),
        ("00370-612-34567", "", "+37061234567"),
        ("(8~612) 34567", "370", None),
        ("8 612 34567", "370", "+37061234567"),
        ("0 612 34567", "370", "+37061234567"),
        ("612 34567", "370", "+37061234567"),
        ("020 7946 0018", "44", "+442079460018"),
        ("+44 20 7946 0018", "370", "+442079460018"),
        ("061234567", "", None),
        ("+37061", "", None),
        ("+0370612345678", "", None),
        ("+٣٧٠٦١٢٣٤٥٦٧", "", None),
        ("call me", "370", None),
        ("", "370", None),
    ],
)
def test_a_number_in_one_form(typed, country, kept):
    assert phones.tidy(typed, country) == kept


@pytest.mark.parametrize(
    "typed, known, same",
    [
        ("Domas Ežeras", "Domas Ežeras", True),
        ("ezeras, DOMAS", "Domas „Dodo“ Ežeras", True),
        ("Domas", "Domas Ežeras", False),
        ("Ona", "Ona", True),
        ("Domas Upė", "Domas Ežeras", False),
        ("Domas Jonas Ežeras", "Domas Ežeras", False),
        ("", "", False),
        ("„“", "Domas Ežeras", False),
    ],
)
def test_a_name_as_people_write_it(typed, known, same):
    assert taking_over.is_called(typed, known) is same
