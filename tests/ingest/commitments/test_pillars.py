from corpus.authority import load_authority
from corpus.records import Commitment, CommitmentKind
from ingest.commitments.extract import commitments
from ingest.composing import compose
from ingest.elements import Element, ElementKind, Layout, Run, Table, TableCell
from ingest.outline import outlined
from ingest.passages import cut
from tests.ingest.reading import SOURCE


def cell(*lines: str, label: str = "") -> TableCell:
    kind = ElementKind.ITEM if label else ElementKind.PARAGRAPH
    return TableCell(tuple(Element(kind, (Run(line),), label=label) for line in lines))


def register(*rows: tuple[TableCell, ...]) -> tuple[Commitment, ...]:
    document = outlined(SOURCE, compose(Layout((Table(rows, header=1),))))
    return commitments(document, load_authority(), cut(document, load_authority()))


def test_each_line_beside_a_pillar_is_a_priority_of_it() -> None:
    found = register(
        (cell("PILLAR"), cell("PRIORITY CONCERNS")),
        (cell("Economic"), cell("Recognise qualifications", "Enhance HRD in services", label="•")),
        (cell("Socio-cultural"), cell("Promote decent work", label="•")),
    )
    assert [(row.kind, row.theme, row.text) for row in found] == [
        (CommitmentKind.PRIORITY, "Economic", "Recognise qualifications"),
        (CommitmentKind.PRIORITY, "Economic", "Enhance HRD in services"),
        (CommitmentKind.PRIORITY, "Socio-cultural", "Promote decent work"),
    ]


def test_a_cell_without_bullets_is_one_priority() -> None:
    found = register((cell("PILLAR"), cell("PRIORITIES")), (cell("Economic"), cell("Implement new MRAs")))
    assert [row.text for row in found] == ["Implement new MRAs"]


def test_a_table_of_two_columns_that_names_no_priorities_gives_none() -> None:
    assert not register((cell("PILLAR"), cell("REMARKS")), (cell("Economic"), cell("Implement new MRAs")))
