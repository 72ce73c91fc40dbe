"""Names resolve in any spelling, are found in running text at their place, and are never confused."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authority import Authority, Entry, load_authority, normalise
from corpus.catalogue import load_catalogue, read_text
from corpus.errors import AuthorityError, UnknownNameError

AUTHORITY = load_authority()
SCANNED = [(entry, name) for entry in AUTHORITY.entries if entry.scanned for name in entry.names]
NAMES = [name for _, name in SCANNED]


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.entry.id, text[mention.start : mention.end]) for mention in AUTHORITY.mentions(text)]


def plain(name: str) -> str:
    return normalise(name.replace("'s", "").replace("’s", ""))


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("SLOM", "slom"),
        ("slom wg", "slom-wg"),
        ("SLOM -WG", "slom-wg"),
        ("slom_wg_hiv", "slom-wg-hiv"),
        ("OSHNET", "asean-oshnet"),
        ("ASEAN -OSHNET", "asean-oshnet"),
        ("ASEAN Committee on Migrant Workers", "acmw"),
        ("SOM-TC", "somtc"),
        ("the ASEAN SLOM", "slom"),
        ("asec", "asec"),
        ("ASEAN", "asean"),
        ("ILO", "ilo"),
    ],
)
def test_a_body_resolves_in_any_spelling(name: str, entry_id: str) -> None:
    assert AUTHORITY.body_id(name) == entry_id


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Vietnam", "viet-nam"),
        ("VIET NAM", "viet-nam"),
        ("viet-nam", "viet-nam"),
        ("Laos", "lao-pdr"),
        ("Lao P.D.R.", "lao-pdr"),
        ("Brunei", "brunei-darussalam"),
        ("the Philippines", "philippines"),
        ("East Timor", "timor-leste"),
    ],
)
def test_a_member_state_resolves_in_any_spelling(name: str, entry_id: str) -> None:
    assert AUTHORITY.country_id(name) == entry_id


def test_a_partner_resolves() -> None:
    assert AUTHORITY.partner_id("Friederich Ebert Stiftung") == "fes"
    assert AUTHORITY.partner_id("republic of korea") == "korea"


def test_there_are_eleven_states_and_every_id_resolves() -> None:
    assert len(AUTHORITY.countries) == 11
    for entry in AUTHORITY.bodies:
        assert AUTHORITY.body_id(entry.id) == AUTHORITY.body_id(entry.name) == entry.id
    for entry in AUTHORITY.partners:
        assert AUTHORITY.partner_id(entry.id) == entry.id
    assert "csr" in {entry.id for entry in AUTHORITY.terms}


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"'Slomm' is not a body .*SLOM"):
        AUTHORITY.body_id("Slomm")
    with pytest.raises(UnknownNameError, match="Singapore"):
        AUTHORITY.country_id("Singapur")
    with pytest.raises(UnknownNameError, match=r"name of a partner, 'japan'"):
        AUTHORITY.country_id("Japan")
    for empty in ("", " - ", "the"):
        with pytest.raises(UnknownNameError):
            AUTHORITY.body_id(empty)
    with pytest.raises(UnknownNameError):
        AUTHORITY.entry("nobody")


def test_a_very_long_name_is_cut_short_in_the_message() -> None:
    with pytest.raises(UnknownNameError) as caught:
        AUTHORITY.body_id("x" * 100_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SLOM-WG reports to SLOM.", [("slom-wg", "SLOM-WG"), ("slom", "SLOM")]),
        ("The SLOM -WG and SLOM- WG-HIV", [("slom-wg", "SLOM -WG"), ("slom-wg-hiv", "SLOM- WG-HIV")]),
        ("Goals in ASEAN SLOM-WG 2010", [("slom-wg", "SLOM-WG")]),
        ("ASEAN-\nOSHNET", [("asean-oshnet", "ASEAN-\nOSHNET")]),
        ("Senior Labour\n Officials Meeting", [("slom", "Senior Labour\n Officials Meeting")]),
        (
            "SENIOR LABOUR OFFICIALS MEETING'S WORKING GROUP",
            [("slom-wg", "SENIOR LABOUR OFFICIALS MEETING'S WORKING GROUP")],
        ),
        ("ILO’s and Malaysia's plans", [("ilo", "ILO"), ("malaysia", "Malaysia")]),
        ("gtz , ilo", [("gtz", "gtz"), ("ilo", "ilo")]),
        ("HIV/AIDS", [("hiv-aids", "HIV/AIDS")]),
        ("(schedule is T.B.C.)", [("tbc", "T.B.C")]),
        ("ACE and WHO", [("ace", "ACE"), ("who", "WHO")]),
        ("an ace who aids us", []),
        ("the US, not us", [("united-states", "US")]),
        ("OSLOMS, SLOMX, XILO, ILO2", []),
        ("Viet\n\nNam", []),
        ("Viet\tNam", []),
        ("Vietnam, Lao PDR", [("viet-nam", "Vietnam"), ("lao-pdr", "Lao PDR")]),
        ("the ALM’ Work Programme", [("alm-work-programme", "ALM’ Work Programme")]),
        ("the ASEAN Labour Ministers met", [("almm", "ASEAN Labour Ministers")]),
        ("Association of Southeast Asian Nations (ASEAN)", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_are_found_where_they_stand(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_ids_come_once_in_order_of_first_mention() -> None:
    text = "ILO, Japan and the ACMW; SLOM, Thailand, Indonesia and Thailand; the ILO and the ACMW"
    assert AUTHORITY.bodies_in(text) == ("acmw", "slom")
    assert AUTHORITY.countries_in(text) == ("thailand", "indonesia")
    assert AUTHORITY.partners_in(text) == ("ilo", "japan")


def test_every_name_alone_is_its_entry() -> None:
    for entry, name in SCANNED:
        assert [entry_id for entry_id, _ in found(f"x {name} x")] == [entry.id], name


@given(
    parts=st.lists(
        st.sampled_from(NAMES) | st.text(alphabet=" \n\t-'’.,()aSLOMWGx/", max_size=12), max_size=12
    )
)
def test_mentions_lie_in_order_and_read_as_a_name_of_their_entry(parts: list[str]) -> None:
    text = " ".join(parts)
    mentions = AUTHORITY.mentions(text)
    for mention in mentions:
        assert plain(text[mention.start : mention.end]) in {plain(name) for name in mention.entry.names}
    for before, after in itertools.pairwise(mentions):
        assert before.end <= after.start


@given(name=st.sampled_from(SCANNED), gap=st.sampled_from([" ", "\n", " \n", "  "]))
def test_a_name_is_found_over_any_line_break(name: tuple[Entry, str], gap: str) -> None:
    entry, words = name
    text = gap.join(words.split(" "))
    assert found(text) == [(entry.id, text.removesuffix("."))]


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_a_text_of_half_names_is_scanned_without_backtracking() -> None:
    half = (
        "ASEAN Committee on the Implementation of the ASEAN Declaration on the Protection and Promotion of "
    )
    text = half * 2_000 + "(" * 20_000 + "ILO"
    assert found(text)[-1] == ("ilo", "ILO")


def test_slom_wg_is_never_counted_as_slom_in_the_real_texts() -> None:
    for source in load_catalogue():
        text = read_text(source)
        for mention in AUTHORITY.mentions(text):
            if mention.entry.id == "slom":
                rest = text[mention.end : mention.end + 14].lstrip(" -\n’'s").casefold()
                assert not rest.startswith(("wg", "working group")), text[mention.start : mention.end + 40]


def test_the_acronyms_of_the_texts_are_all_known() -> None:
    text = read_text(next(source for source in load_catalogue() if source.id == "slom-work-plans-2012"))
    listed = text[text.rindex("List of Abbreviations") :]
    for line in listed.splitlines():
        acronym = line.split("\t")[0]
        if acronym.isupper() and acronym != "ASEAN" and " " not in acronym:
            assert found(acronym), f"{acronym!r} is in the list of abbreviations and not in authority.toml"


ILO = Entry("ilo", "partner", "ILO", "International Labour Organization")


def test_two_entries_may_not_claim_one_name() -> None:
    with pytest.raises(AuthorityError, match=r"'other' claims the name 'I\.L\.O\.', which partner 'ilo'"):
        Authority([ILO, Entry("other", "body", "", "Another", ("I.L.O.",))])
    with pytest.raises(AuthorityError, match="claims the name 'ILO', which term 'ilo'"):
        Authority([Entry("ilo", "term", "", "Some Word"), Entry("x", "body", "ILO", "Other")])
    with pytest.raises(AuthorityError, match="two entries have the id 'ilo'"):
        Authority([ILO, ILO])


GOOD = '[[body]]\nid = "b"\nacronym = ""\nname = "Body"\nalso = []\n'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[[body", "cannot be read"),
        ('[[boddy]]\nid = "x"', "unknown table 'boddy'"),
        ('[body]\nid = "x"', "is not a list"),
        ("body = [1]", "is not a table"),
        ("exact_case = [1]", "exact_case"),
        (GOOD.replace("name", "nam"), "field 'nam' is unknown"),
        (GOOD.replace('"Body"', "1"), "'name' is unknown or of the wrong type"),
        (GOOD.replace('acronym = ""\n', ""), "'acronym' is missing"),
        (GOOD.replace('"b"', '"B b"'), "the id is not"),
        (GOOD.replace('"b"', '""'), "the id is not"),
        (GOOD.replace('"Body"', '" "'), "a name is empty"),
        (GOOD.replace("[]", "[3]"), "a name is empty or not in quotes"),
        (GOOD + GOOD, "two entries have the id 'b'"),
    ],
)
def test_a_wrong_authority_file_is_refused_in_words(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "authority.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AuthorityError, match=complaint) as caught:
        load_authority(path)
    assert str(path) in str(caught.value)


def test_a_missing_authority_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="cannot be read"):
        load_authority(tmp_path / "authority.toml")


def test_an_entry_shows_its_acronym_else_its_name(tmp_path: Path) -> None:
    path = tmp_path / "authority.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_authority(path).bodies[0].label == "Body"
    assert ILO.label == "ILO"
