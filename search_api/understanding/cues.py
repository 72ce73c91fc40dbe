"""Words of questions that say what is sought: its kind, its status, a role, a fact.

Each table pairs a pattern with the values it stands for; the words are ordinary ones of the field, in
the forms in which people type them.
"""

from __future__ import annotations

import re

from corpus.records import CommitmentKind, PassageKind

Table = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]


def _table(rows: dict[str, tuple[str, ...]]) -> Table:
    return tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), values) for words, values in rows.items())


_K = CommitmentKind
UNDERTAKINGS = (_K.ACTIVITY, _K.PROJECT, _K.ACTION, _K.INITIATIVE, _K.PAST_ACTIVITY)
"""What people call actions, activities or projects, whichever of these a plan calls them."""

KINDS = _table(
    {
        r"recommend\w*|recomend\w*": (_K.RECOMMENDATION,),
        r"actions?|activit(?:y|ies)|projects?|initiatives?|workshops?|seminars?|trainings?"
        r"|courses?": UNDERTAKINGS,
        r"thematic areas?": (_K.THEMATIC_AREA,),
        r"key result areas?": (_K.KEY_RESULT_AREA,),
        r"goals?": (_K.GOAL,),
        r"targets?": (_K.TARGET,),
        r"objectives?": (_K.OBJECTIVE,),
        r"indicators?": (_K.INDICATOR,),
        r"priorit(?:y|ies)": (_K.PRIORITY,),
        r"principles?": (_K.PRINCIPLE,),
        r"conclusions?|conclu\w+": (_K.CONCLUSION,),
        r"follow[- ]?ups?|followed up": (_K.FOLLOW_UP,),
        r"ratif\w+": (_K.RATIFICATION,),
        r"monitor\w*|evaluat\w+|track\w*": (_K.MONITORING,),
        r"communique|communiqué|joint statement": (_K.COMMUNIQUE,),
        r"defin\w+|what (?:do|does) .{1,40} (?:mean|stand for)|meaning of|stands? for|abbreviat\w+": (
            PassageKind.DEFINITION,
        ),
    }
)
"""Kinds of commitment and of passage."""

STATUSES = _table(
    {
        r"t\.?b\.?c\.?|to be confirmed|unconfirmed|not (?:yet )?confirmed|undecided": ("tbc",),
        r"completed?|finished|already (?:been )?(?:done|implemented|held|carried out)"
        r"|been (?:done|implemented)": ("completed",),
        r"on-?going|under ?way|in progress|still running": ("ongoing",),
    }
)
"""Statuses as the register prints them."""

COORDINATORS = re.compile(
    r"\b(?:(?:co-?)?ordinat\w+|lead(?:s|ing|er|ers)?|host(?:s|ed|ing)?|in charge|responsib\w+"
    r"|organi[sz](?:e|es|ed|ing|er|ers)|run(?:s|ning)? by|headed by)\b",
    re.IGNORECASE,
)
"""Words of who leads."""

PARTNERS = re.compile(
    r"\b(?:partner\w*|collaborat\w*|donors?|fund(?:s|ed|ing|er|ers)?|sponsor\w*|assist\w*|support(?:s|ed|ing)?"
    r"|financ\w+|with the help)\b",
    re.IGNORECASE,
)
"""Words of who helps."""

FIELDS = _table(
    {
        r"who|which (?:country|countries|member states?|bod(?:y|ies))|whose": ("coordinators", "body"),
        r"(?:co-?)?ordinators?": ("coordinators",),
        r"donors?|partners?|collaborators?|dialogue partners?": ("partners",),
        r"when (?:is|was|are|were|did|do|does|will|should|must|has|have)|^when|(?:what|which) (?:year|date)s?"
        r"|by what year|schedule[ds]?|timeline|calendar|deadline": ("period",),
        r"status|progress|how far|still (?:open|outstanding|pending)|state of play": ("status",),
    }
)
"""Facts that a question asks for: fields of a commitment."""
