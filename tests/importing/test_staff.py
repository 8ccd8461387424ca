"""Staff: a PIN names one person at a store, and is neither kept nor said."""

import pytest
from sqlalchemy import select

from portal.core.club import accounts, stores
from portal.core.club.accounts import Role
from portal.core.records.journal import JournalEntry
from portal.web.keys import KeysWrong
from tests import build

HEADER = "email,name,stores,pin\n"
WITH_ROLE = "email,name,stores,pin,role\n"
ONA = "ona@example.com,Ona,pier|quay,0417\n"


@pytest.fixture(autouse=True)
def two_stores(bring):
    bring("stores", "code,name,zone,tills\npier,Pier,,Till 1\nquay,Quay,,Till 1\nmill,Mill,,Till 1\n")


def test_staff_are_named_by_their_pin_at_their_stores_and_have_no_password(bring, session):
    assert bring("staff", HEADER + ONA).output == "staff.csv: 1 new, 0 changed, 0 unchanged.\n"
    ona = the(session)
    assert [named(session, "0417", code) for code in ("pier", "quay", "mill")] == ["Ona", "Ona", None]
    assert (ona.role, ona.password_hash) == (Role.STAFF, None)


def test_a_repeat_changes_nothing_and_an_empty_pin_stays(bring, session):
    bring("staff", HEADER + ONA)
    said = [bring("staff", HEADER + ONA).output, bring("staff", HEADER + ONA.replace("0417", "")).output]
    assert said == ["staff.csv: 0 new, 0 changed, 1 unchanged.\n"] * 2
    assert named(session, "0417", "pier") == "Ona"


def test_a_move_and_a_new_pin_are_journalled_without_it(bring, session):
    bring("staff", HEADER + ONA)
    bring("staff", HEADER + "ona@example.com,Ona,mill,9182\n")
    assert [named(session, "9182", code) for code in ("mill", "pier")] == ["Ona", None]
    facts = session.scalars(select(JournalEntry.facts).order_by(JournalEntry.id)).all()
    assert facts[-1] == {"columns": ["pin", "stores"], "by": "import"}


def test_a_role_is_kept_where_the_file_does_not_speak_of_it(bring, session):
    bring("staff", WITH_ROLE + "ona@example.com,Ona,pier,0417,manager\n")
    bring("staff", HEADER + "ona@example.com,Ona,pier,0417\n")
    assert the(session).role == Role.MANAGER


def test_a_member_may_become_staff(bring, session):
    bring("members", "external_id,email,name,tier,points,card\nx1,ona@example.com,Ona,,,\n")
    assert bring("staff", HEADER + ONA).output == "staff.csv: 0 new, 1 changed, 0 unchanged.\n"
    assert the(session).role == Role.STAFF


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    "second, free",
    [
        ("bo@example.com,Bo,quay,0417,staff", False),
        ("bo@example.com,Bo,mill,0417,staff", True),
        ("bo@example.com,Bo,pier,0418,staff", True),
        ("bo@example.com,Bo,,0417,admin", False),
    ],
)
def test_a_pin_is_one_persons_only_at_a_store(bring, second, free, option):
    said = bring("staff", WITH_ROLE + ONA.replace("\n", ",\n") + second + "\n", *option)
    mend = "Line 3, pin: somebody else at one of these stores has this PIN; choose another.\n"
    assert said.output.startswith(mend) is not free
    assert "0417" not in said.output


def test_a_pin_is_free_again_when_its_holder_has_another(bring, session):
    bring("staff", HEADER + ONA)
    swap = "ona@example.com,Ona,pier,5555\nbo@example.com,Bo,pier,0417\n"
    assert bring("staff", HEADER + swap).exit_code == 0
    assert (named(session, "5555", "pier"), named(session, "0417", "pier")) == ("Ona", "Bo")


@pytest.mark.parametrize(
    "line, said",
    [
        (
            "ona@example.com,Ona,pier,12a4",
            "pin: use 4 to 8 digits, in a column formatted as text so that a leading 0",
        ),
        ("ona@example.com,Ona,moon,1234", "stores: there is no moon; import the stores first."),
        ("ona@example.com,Ona,,1234", "stores: name at least one, by its code."),
        ("ona,Ona,pier,1234", "email: use one address such as ona@example.com."),
    ],
)
def test_a_bad_line_is_named_and_its_pin_is_not_repeated(bring, session, line, said):
    result = bring("staff", HEADER + line + "\n")
    assert result.output.startswith(f"Line 2, {said}")
    assert line.rpartition(",")[2] not in result.output
    assert accounts.ever_by_email(session, "ona@example.com") is None


def test_without_the_keys_of_the_club_nothing_is_begun(bring, session, monkeypatch, tmp_path):
    bring("staff", HEADER + ONA.replace("ona@", "bo@"))
    monkeypatch.setenv("PORTAL_KEYS_FILE", str(tmp_path / "none"))
    with pytest.raises(KeysWrong, match="There is no key file"):
        bring("staff", HEADER + ONA)
    assert accounts.ever_by_email(session, "ona@example.com") is None
    assert not (tmp_path / "none").exists()


def the(session):
    session.rollback()
    account = accounts.ever_by_email(session, "ona@example.com")
    assert account is not None
    return account


def named(session, pin, code):
    session.rollback()
    found = accounts.by_pin(
        session, build.KEYRING.pin_lookups(pin), store_id=stores.ids_by_code(session)[code]
    )
    return found.name if found else None
