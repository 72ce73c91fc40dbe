"""One nested list as a Word file, a web page and a PDF: the same register."""

import docx
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from corpus.authority import load_authority
from ingest.commitments.extract import commitments
from ingest.passages import cut
from tests.ingest.reading import SOURCE
from tests.typesetting.reading import read_file

LEAD = "The Forum recommends to the member states the following:"
ROWS = (
    (0, "1.", "Promote the rights of migrant workers in all the member states of the region;"),
    (1, "1.", "publish the costs of recruitment in the languages of those who migrate;"),
    (1, "2.", "train the officers who inspect the places where migrants work;"),
    (0, "2.", "Share what is known of labour migration between the member states of the region;"),
    (1, "(a)", "data on those who leave, collected by the countries that send them;"),
    (2, "•", "by sex and by age, as the statistical offices of the region agreed;"),
    (2, "•", "by the sector in which they work and by the skills they have;"),
    (1, "(b)", "data on those who come back, collected by the embassies;"),
    (0, "3.", "Report on all of this to the next Forum, which meets in two years."),
)
ADDRESSES = ["1", "1/1", "1/2", "2", "2/a", "2/a/-", "2/a/-", "2/b", "3"]
WORD_STYLES = {(0, "1."): "List Number", (1, "1."): "List Number 2"}
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=6)


def word(path):
    """Write the list with the list styles of a word processor, which have numbers in place of letters."""
    made = docx.Document()
    made.add_paragraph(LEAD)
    for depth, label, words in ROWS:
        style = "List Bullet" if label == "•" else "List Number"
        made.add_paragraph(words, style=f"{style} {depth + 1}" if depth else style)
    made.save(path)


def web(path):
    forms = {"1.": "ol", "(a)": "ol type=a", "•": "ul"}
    html = f"<p>{LEAD}</p>"
    around: list[str] = []
    for depth, label, words in ROWS:
        while len(around) > depth + 1:
            html += f"</{around.pop()[:2]}>"
        if len(around) == depth:
            around.append(forms[label])
            html += f"<{around[-1]}>"
        html += f"<li>{words}"
    path.write_text(html, encoding="utf-8")


def sheet(path):
    flow = [Paragraph(LEAD, BODY)]
    for depth, label, words in ROWS:
        style = ParagraphStyle(f"item{depth}", BODY, leftIndent=18 * (depth + 1), bulletIndent=18 * depth)
        flow.append(Paragraph(words, style, bulletText=label))
    SimpleDocTemplate(str(path)).build(flow)


@pytest.mark.parametrize(("name", "write"), [("a.docx", word), ("a.html", web), ("a.pdf", sheet)])
def test_items_of_a_nested_list_have_parents_and_addresses(name, write, tmp_path):
    write(tmp_path / name)
    document, authority = read_file(tmp_path / name, SOURCE), load_authority()
    passages = cut(document, authority)
    rows = commitments(document, authority, passages)
    assert [" ".join(row.text.split()) for row in rows] == [words for _, _, words in ROWS]
    texts = {row.id: row.address for row in rows}
    for (depth, _, _), row, printed in zip(ROWS, rows, ADDRESSES, strict=True):
        steps = [step for step in row.address.split("/")[2:] if step != "rec"]
        assert len(steps) == depth + 1, row.address
        assert row.address.startswith(texts.get(row.parent, "made-up/text"))
        if name != "a.docx":
            assert all(want in ("-", step) for want, step in zip(printed.split("/"), steps, strict=True))
    parents = {passage.text: passage.parent_text for passage in passages}
    assert parents[ROWS[2][2]] == ROWS[0][2]
    assert parents[ROWS[7][2]] == ROWS[3][2]
    assert passages[4].lead == passages[1].lead == LEAD
