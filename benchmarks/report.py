"""A report typeset for measuring: prose under headings, footnotes and ruled matrices, the same each time."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

MARGIN = 64
WIDTH = A4[0] - 2 * MARGIN
MATRIX_EVERY = 4
TALK = (
    "member states shall strengthen labour inspection and social protection for migrant workers in the region"
    " with technical support of partners while senior officials review progress on skills recognition safety"
    " health statistics recruitment costs contracts grievance mechanisms and fair wages every year"
)
HEADS = ("No.", "Activity", "Coordinator", "Timeline", "Status")
COUNTRIES = ("Cambodia", "Indonesia", "Malaysia", "Philippines", "Thailand", "Viet Nam")


def typeset(pages: int, seed: int = 1) -> bytes:
    """Set a report of so many A4 pages as a PDF."""
    draw, held = random.Random(seed), BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=True)
    canvas.setTitle("Report on Labour Cooperation")
    for number in range(1, pages + 1):
        _furniture(canvas, number)
        flow = _matrix(draw, number) if number % MATRIX_EVERY == 0 else _prose(draw, number)
        _set(canvas, flow)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def sentence(draw: random.Random, length: int) -> str:
    """Some words in a row, the first with a capital, with a full stop."""
    return " ".join(draw.choices(TALK.split(), k=length)).capitalize() + "."


def _furniture(canvas: Canvas, number: int) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, A4[1] - 36, "Report on Labour Cooperation")
    canvas.drawCentredString(A4[0] / 2, 28, str(number))
    canvas.drawString(MARGIN, 52, f"{number} Figures of the secretariat for year {1990 + number % 30}.")
    canvas.line(MARGIN, 64, MARGIN + 120, 64)


def _prose(draw: random.Random, number: int) -> list[Flowable]:
    styles = getSampleStyleSheet()
    paragraphs = [" ".join(sentence(draw, draw.randint(12, 24)) for _ in range(4)) for _ in range(7)]
    heading = Paragraph(f"{number}. {sentence(draw, 5)[:-1].title()}", styles["Heading2"])
    return [
        heading,
        *(Paragraph(f"{words}<super>{number}</super>", styles["BodyText"]) for words in paragraphs),
    ]


def _matrix(draw: random.Random, number: int) -> list[Flowable]:
    style = getSampleStyleSheet()["BodyText"]
    rows: list[list[Any]] = [list(HEADS)]
    for row in range(1, 11):
        cells = (f"{number}.{row}", sentence(draw, 12), draw.choice(COUNTRIES), str(2016 + row), "Ongoing")
        rows.append([Paragraph(cell, style) for cell in cells])
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table = Table(rows, colWidths=[44, 190, 90, 66, WIDTH - 390], style=grid)
    return [Paragraph(f"Matrix {number}", getSampleStyleSheet()["Heading3"]), table]


def _set(canvas: Canvas, flow: list[Flowable]) -> None:
    top = A4[1] - 60
    for flowable in flow:
        _, height = flowable.wrapOn(canvas, WIDTH, top)
        if top - height < 76:
            return
        flowable.drawOn(canvas, MARGIN, top - height)
        top -= height + 6
