"""Who acts and with whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authority import load_authority
from ingest.commitments.agents import doer_in, named, partners_in, subject_before, tasked_in


def test_masks_keep_the_length_of_the_sentence() -> None:
    text = "The SLOM Working Group (SLOM-WG) met the ILO (Regional Office) in Viet Nam."
    assert len(named(text, load_authority()).masked) == len(text)


@pytest.mark.parametrize(
    ("text", "verb", "who"),
    [
        ("The ACMW will meet.", "will", "ACMW"),
        ("In addition to fees, the SLOM-WG will meet.", "will", "SLOM-WG"),
        ("ASEAN also will meet.", "will", "ASEAN"),
        ("Interested Member States can meet.", "can", "Member States"),
        ("The 3rd ASEAN-OSHNET Coordinating Board Meeting held in May 2011 agreed to it.", "agreed",
         "3rd ASEAN-OSHNET Coordinating Board Meeting"),
        ("The ASEAN Secretariat, with its small staff, needs help.", "needs", "ASEAN Secretariat"),
        ("Protection in some states will fall.", "will", ""),
        ("The economies of ASEAN will grow.", "will", ""),
        ("The ASEAN economies will grow.", "will", ""),
    ],
)  # fmt: skip
def test_the_subject_acts_where_it_is_a_body_a_state_or_a_meeting(text: str, verb: str, who: str) -> None:
    assert subject_before(named(text, load_authority()), text.index(verb)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The ALMs will task SLOM-WG and ACMW to report.", "SLOM-WG, ACMW"),
        ("The Ministers requested the ILO, which had been there, to help.", "ILO"),
        ("The Ministers noted the Thai Government's willingness to join.", "Thai Government"),
        ("SLOM will be tasked to report.", ""),
    ],
)
def test_those_who_are_tasked_act(text: str, who: str) -> None:
    assert tasked_in(named(text, load_authority())) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Work to be undertaken by the ILO (Field Office) of some use", "ILO (Field Office)"),
        ("Talks can be held between ILO Hanoi (liaison office) and the ASEAN Secretariat.",
         "ILO Hanoi (liaison office), ASEAN Secretariat"),
        ("Any treaty would, on the IOM side, need time.", "IOM"),
        ("There are openings for the ILO to engage.", "ILO"),
        ("It came by train.", ""),
    ],
)  # fmt: skip
def test_the_doer_is_named_in_several_ways(text: str, who: str) -> None:
    assert doer_in(named(text, load_authority())) == who


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("It works with the IOM and UN Women on fees.", ("IOM", "UN Women")),
        ("It works with regard to training and with the goal of growth.", ()),
        ("Talks with employer organisations, trade unions and civil society on pay.",
         ("employer organisations", "trade unions", "civil society")),
        ("It shares with external partners, e.g., national ministries, and NGOs and trade unions.",
         ("external partners", "national ministries", "NGOs and trade unions")),
        ("With the support of the ADB it grows.", ("ADB",)),
        ("Deepen, with IOM and ILO the talks on pay.", ("IOM", "ILO")),
        ("Work with unions and their associations, academia and NGOs.",
         ("unions and their associations", "academia", "NGOs")),
        ("It will comply with ILO Convention 29.", ()),
        ("Forums between AMSs and social partners on pay go on.", ("social partners",)),
        ("Local and foreign partners may also be invited to join.", ("Local and foreign partners",)),
        ("Work with Laos as country coordinator.", ()),
        ("Work with the private sector (such as banks), communities and NGOs at all levels.",
         ("the private sector", "communities", "NGOs")),
    ],
)  # fmt: skip
def test_partners_stand_after_words_that_join(text: str, partners: tuple[str, ...]) -> None:
    assert partners_in(named(text, load_authority())) == partners


@given(st.text(alphabet=st.sampled_from("ASEILOM with by(),.the"), max_size=200))
def test_names_are_words_of_the_sentence(text: str) -> None:
    one = named("The ILO " + text, load_authority())
    for name in (*partners_in(one), *doer_in(one).split(", "), *tasked_in(one).split(", ")):
        assert name in " ".join(one.text.split())
