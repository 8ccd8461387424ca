"""Fields of the profile: a line for each language; what members have told stays readable."""

import pytest

from portal.core.club import fields, members, profiles
from portal.core.club.fields import Editor, FieldKind, FieldWords
from portal.core.records.journal import JournalEntry
from tests import build

HEADER = "name,language,type,label,purpose,editor,choices,required\n"
MUG = "mug,{0},choice,{1},{2},member,{3},{4}\n"


@pytest.fixture
def ada(session):
    build.a_club(session)
    member = build.a_member(session, "Ada", external_id="x1")
    session.commit()
    return member


def test_a_field_comes_with_its_words_in_each_language(bring, session):
    lines = MUG.format("en", "Mug", "For coffee.", "big=A big one|small", "yes")
    lines += MUG.format("lt", "Puodelis", "Kavai.", "big=Didelis|small=Mažas", "yes")
    assert bring("fields", HEADER + lines).output == "fields.csv: 1 new, 1 changed, 0 unchanged.\n"
    [mug] = declared(session)
    assert (mug.key, mug.kind, mug.editor, mug.required) == ("mug", FieldKind.CHOICE, Editor.MEMBER, True)
    assert mug.options == ["big", "small"]
    assert mug.words("en") == FieldWords("Mug", "For coffee.", {"big": "A big one", "small": "small"})
    assert mug.words("lt") == FieldWords("Puodelis", "Kavai.", {"big": "Didelis", "small": "Mažas"})


def test_a_repeat_changes_what_differs_and_writes_it_down(bring, session):
    bring("fields", HEADER + "since,en,date,Since,The day.,nobody,,no\n")
    assert bring("fields", HEADER + "since,en,date,Since,The day.,nobody,,no\n").output == (
        "fields.csv: 0 new, 0 changed, 1 unchanged.\n"
    )
    bring("fields", HEADER + "since,en,text,Since,The year.,staff,,no\n")
    [since] = declared(session)
    assert (since.kind, since.editor, since.words("en").purpose) == ("text", "staff", "The year.")
    journal = session.query(JournalEntry).order_by(JournalEntry.id)
    noted = [(one.act, one.subject, one.facts["columns"]) for one in journal]
    assert noted == [
        ("field_declared", "field:since", ["type", "label"]),
        ("field_changed", "field:since", ["kind", "editor", "words:en"]),
    ]


def test_a_file_may_lack_language_and_required(bring, session):
    said = bring("fields", "name,type,label,purpose,editor,choices\nkids,integer,Kids,Why,,\n").output
    assert said == "fields.csv: 1 new, 0 changed, 0 unchanged.\n"
    [kids] = declared(session)
    assert (kids.editor, kids.required, [*kids.texts]) == ("member", False, ["en"])


@pytest.mark.parametrize(
    "line, said",
    [
        (
            "Shoe size,en,text,S,W,,,",
            "name: use small letters, digits and _ after a letter, such as favourite_store",
        ),
        (
            "shoe,en,size,S,W,,,",
            "type: use one of: text, integer, number, boolean, date, choice, choices",
        ),
        ("shoe,pl,text,S,W,,,", "language: use one of: en, lt"),
        ("shoe,en,text,,W,,,", "label: fill it in"),
        ("shoe,en,text,S,W,all,,", "editor: use one of: member, staff, nobody"),
        ("shoe,en,choice,S,W,,,", "choices: name them, such as tea=Tea and cake|books=Books"),
        ("shoe,en,text,S,W,,a|b,", "choices: leave it empty where the type is text"),
        (
            "shoe,en,choice,S,W,,a=A|a=B,",
            "choices: give each choice a key of its own, such as tea=Tea and cake|books=Books",
        ),
        (
            "shoe,en,boolean,S,W,,,yes",
            "required: use no: only what members fill in or choose can be asked of them",
        ),
        (
            "birthday,en,text,S,W,,,",
            "type: use date: birthday offers read this field; or another name",
        ),
        ("mug,lt,text,P,K,,,", "type: line 2 says otherwise; say the same in each language"),
        ("mug,en,choice,P,K,,big,", "name: line 2 has the same; keep one of the two"),
    ],
)
def test_a_bad_line_is_named_with_its_mend(bring, session, line, said):
    result = bring("fields", HEADER + MUG.format("en", "Mug", "Why", "big", "no") + line + "\n")
    assert result.output.splitlines()[0] == f"Line 3, {said}."
    assert (result.exit_code, [field.key for field in declared(session)]) == (1, ["mug"])


def test_what_members_have_told_is_not_lost(bring, session, ada):
    mug = HEADER + MUG.format("en", "Mug", "Why", "{}", "no")
    bring("fields", mug.format("big|small|none"))
    profiles.tell(session, ada.id, {"mug": "small"}, by=Editor.MEMBER)
    session.commit()
    assert bring("fields", mug.format("big")).output.startswith(
        "Line 2, choices: members have chosen small; keep it."
    )
    assert bring("fields", HEADER + "mug,en,text,Mug,Why,,,\n").output.startswith(
        "Line 2, type: members have told theirs as choice; take another name for this one."
    )
    assert bring("fields", mug.format("small|big")).exit_code == 0
    assert declared(session)[0].options == ["small", "big"]


EVERY_KIND = """name,type,label,purpose,editor,choices
nick,text,N,W,member,
kids,integer,N,W,member,
walk,number,N,W,member,
pets,boolean,N,W,member,
birthday,date,N,W,member,
store,choice,N,W,staff,pier|quay
topics,choices,N,W,nobody,tea|books
"""
MEMBERS = (
    "external_id,email,name,tier,points,card,field:nick,field:kids,field:walk,field:pets,field:birthday,"
    "field:store,field:topics\n"
)


def test_a_list_of_members_brings_what_is_known_of_them(bring, session, ada):
    bring("fields", EVERY_KIND)
    line = "x1,,Ada,,,,Addie,2,1.5,yes,1985-03-27,pier,books|tea\nx2,,Bo,,,,,0,,no,,,\n"
    said = [bring("members", MEMBERS + line).output for _ in range(2)]
    assert said == [
        "members.csv: 1 new, 1 changed, 0 unchanged.\n",
        "members.csv: 0 new, 0 changed, 2 unchanged.\n",
    ]
    assert told(session, "x1") == {
        "nick": "Addie",
        "kids": 2,
        "walk": 1.5,
        "pets": True,
        "birthday": "1985-03-27",
        "store": "pier",
        "topics": ["tea", "books"],
    }
    assert told(session, "x2") == {"kids": 0, "pets": False}


def test_an_empty_cell_and_a_missing_column_leave_what_was_told(bring, session, ada):
    bring("fields", EVERY_KIND)
    bring("members", MEMBERS + "x1,,Ada,,,,Addie,2,,,,,\n")
    line = "x1,,Ada,,,,3\n"
    said = bring("members", "external_id,email,name,tier,points,card,field:kids\n" + line).output
    assert said == "members.csv: 0 new, 1 changed, 0 unchanged.\n"
    assert told(session, "x1") == {"nick": "Addie", "kids": 3}


@pytest.mark.parametrize(
    "column, typed, mend",
    [
        ("nick", "x" * 201, "use one line of at most 200 characters"),
        ("kids", "1.5", "use a whole number such as 2"),
        ("walk", "1.23456", "use a number such as 1.5, with at most 4 digits after the point"),
        ("pets", "perhaps", "use yes or no"),
        ("birthday", "27.03.1985", "use a day such as 1985-03-27"),
        ("store", "mill", "use one of: pier, quay"),
        ("topics", "tea|mud", "use some of: tea, books, with | between them"),
    ],
)
def test_what_a_field_does_not_take_is_named_by_its_column(bring, session, ada, column, typed, mend):
    bring("fields", EVERY_KIND)
    header = f"external_id,email,name,tier,points,card,field:{column}\n"
    result = bring("members", header + f"x1,,Ada,,,,{typed}\n")
    assert result.output.splitlines()[0] == f"Line 2, field:{column}: {mend}."
    assert told(session, "x1") == {}


def test_a_field_that_nobody_declared_is_no_column(bring, ada):
    result = bring("members", "external_id,email,name,tier,points,card,field:shoe\nx1,,Ada,,,,41\n")
    assert "Unknown column: field:shoe: take it out" in result.output


def declared(session):
    session.rollback()
    session.expire_all()
    return fields.declared(session)


def told(session, external_id):
    session.rollback()
    session.expire_all()
    member = members.by_external_id(session, external_id)
    assert member is not None
    return profiles.told(session, member.id)
