"""Numbers of lists, counted as a word processor counts them, and shown as it shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.numerals import shown
from ingest.readers.word.nesting import Indent, Nesting, indent_of
from ingest.readers.word.styles import Styles, style_of
from ingest.readers.word.xml import Node, held, is_on, value, w, whole

LEVELS = 9
ROOMS = (w("body"), w("tc"), w("txbxContent"), w("footnote"), w("endnote"))
"""What holds paragraphs whose lists have nothing to do with those around it."""
PLACE = re.compile(r"%([1-9])")
BULLETS = {"\uf0b7": "•", "·": "•", "o": "○", "\uf0a8": "○", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "‣"}
"""Signs of the fonts that bullets are drawn with, by what they look like."""
SAME = frozenset("•◦○●▪■‣-–—")
OTHER_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the number it starts with, its form, its pattern, and which level restarts it.

    `indent` says how far its items are set in.
    """

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    indent: Node | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list of the file: the definition whose count it shares, its levels, and the starts of its own."""

    definition: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


@dataclass(slots=True)
class Counter:
    """How far each list has come while the paragraphs are read in order."""

    lists: dict[str, List]
    styles: Styles
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    nestings: dict[Node | None, Nesting] = field(default_factory=dict)

    def label(self, paragraph: Node) -> tuple[str, int]:
        """What is shown before a paragraph, empty where it is in no list, and in how many items it stands."""
        number, level = self._place(paragraph)
        held_list = self.lists.get(number)
        listed = held_list is not None and 0 <= level < len(held_list.levels)
        depth = self._depth(paragraph, held_list if listed else None, level)
        if held_list is None or not listed:
            return "", depth
        form = held_list.levels[level]
        if form.form == "bullet":
            return bullet(form.pattern), depth
        self._count(number, held_list, level)
        return self._shown(held_list, level), depth

    def _depth(self, paragraph: Node, held_list: List | None, level: int) -> int:
        """In how many items of its body, cell or box a paragraph stands; an empty one tells nothing."""
        around = next(paragraph.iterancestors(*ROOMS), None)
        nesting = self.nestings.setdefault(around, Nesting())
        if self.styles.level(paragraph):
            nesting.close()
        elif held_list is not None:
            indent = self._indent(paragraph, held_list.levels[level].indent)
            return nesting.item(held_list.definition, level, indent)
        elif any(node.text for node in paragraph.iter(w("t"))):
            return nesting.paragraph(self._indent(paragraph, None))
        return 0

    def _indent(self, paragraph: Node, of_list: Node | None) -> Indent:
        """The indent of a paragraph: its own, before that of the list that it names, before its style's.

        The indent of a style that names the list itself comes before that of the list.
        """
        styles = [held(node, "pPr", "ind") for node in self.styles.chain(style_of(paragraph))][::-1]
        own = held(paragraph, "pPr", "ind")
        by_style = held(paragraph, "pPr", "numPr", "numId") is None
        nodes = [of_list, *styles, own] if by_style else [*styles, of_list, own]
        return indent_of(node for node in nodes if node is not None)

    def _place(self, paragraph: Node) -> tuple[str, int]:
        """The list of a paragraph and its level: its own, else those of its style."""
        style = style_of(paragraph)
        number, level = self.styles.numbering(style)
        if number and number in self.lists:
            linked = (i for i, one in enumerate(self.lists[number].levels) if style and one.style == style)
            level = str(next(linked, whole(level)))
        own = held(paragraph, "pPr", "numPr")
        number = value(held(own, "numId")) or number
        return number, whole(value(held(own, "ilvl")) or level)

    def _count(self, number: str, held_list: List, level: int) -> None:
        counts = self.counts.setdefault(held_list.definition, [None] * LEVELS)
        before = counts[level]
        if level in held_list.starts and (number, level) not in self.begun:
            counts[level] = held_list.starts[level]
        else:
            counts[level] = held_list.levels[level].start if before is None else before + 1
        self.begun.add((number, level))
        for below in range(level + 1, len(held_list.levels)):
            restart = held_list.levels[below].restart
            if restart is None or level < restart:
                counts[below] = None

    def _shown(self, held_list: List, level: int) -> str:
        legal = held_list.levels[level].legal
        counts = self.counts[held_list.definition]

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = held_list.levels[at] if at < len(held_list.levels) else Level()
            count = counts[at]
            return shown(one.start if count is None else count, "decimal" if legal else one.form)

        return " ".join(PLACE.sub(number, held_list.levels[level].pattern).split())


def bullet(sign: str) -> str:
    """A bullet as a text prints it; a sign of an unknown font is a round one."""
    sign = sign.strip()
    return BULLETS.get(sign) or (sign if sign in SAME and sign else OTHER_BULLET)


def lists_of(root: Node | None) -> dict[str, List]:
    """The lists of a file by their ids."""
    if root is None:
        return {}
    definitions = {value(node, "abstractNumId"): node for node in root.iterchildren(w("abstractNum"))}
    linked = {value(held(node, "styleLink")): key for key, node in definitions.items()}
    found = {}
    for node in root.iterchildren(w("num")):
        key = value(held(node, "abstractNumId"))
        link = value(held(definitions.get(key), "numStyleLink"))
        key = linked.get(link, key) if link else key
        if key in definitions:
            found[value(node, "numId")] = _list(node, key, definitions[key])
    return found


def _list(node: Node, key: str, definition: Node) -> List:
    levels = dict.fromkeys(range(LEVELS), Level())
    levels |= dict(map(_level, definition.iterchildren(w("lvl"))))
    starts: dict[int, int] = {}
    for change in node.iterchildren(w("lvlOverride")):
        at = whole(value(change, "ilvl"))
        own, start = held(change, "lvl"), held(change, "startOverride")
        if own is not None:
            levels[at] = _level(own)[1]
            starts[at] = levels[at].start
        if start is not None:
            starts[at] = whole(value(start), 1)
    return List(key, tuple(levels[at] for at in range(LEVELS)), starts)


def _level(node: Node) -> tuple[int, Level]:
    restart = held(node, "lvlRestart")
    pictured = held(node, "lvlPicBulletId") is not None
    level = Level(
        whole(value(held(node, "start")), 1),
        "bullet" if pictured else value(held(node, "numFmt")) or "decimal",
        value(held(node, "lvlText")),
        None if restart is None else whole(value(restart)),
        is_on(node, "isLgl"),
        value(held(node, "pStyle")),
        held(node, "pPr", "ind"),
    )
    return whole(value(node, "ilvl")), level
