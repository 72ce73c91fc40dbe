"""What is typed into a form or chosen in it is read where it stands."""

from __future__ import annotations

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4

from ingest.readers.pdf import checking, fields
from ingest.readers.pdf.fields import Filled, words_in
from tests.ingest.readers.pdf.making import drawn, lines, read, texts


def form(canvas):
    """Two fields behind their labels, and a list of which the second entry is chosen."""
    lines("Country:", "Measure:", "Body:", step=60)(canvas)
    made = canvas.acroForm
    made.textfield("Viet Nam", x=150, y=A4[1] - 76, width=200, height=16, fontSize=11, name="country")
    long = "Publish the costs of recruitment\nInspect the rafts of every district each year without notice"
    made.textfield(long, x=150, y=A4[1] - 170, width=150, height=50, fontSize=10, fieldFlags="multiline")
    options = [("Senior officials", "s"), ("Labour ministers", "m")]
    made.choice("m", options=options, x=150, y=A4[1] - 196, width=200, height=16, name="body")


def changed(path, change):
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for field in page.get("/Annots", ()):
                change(field)
        pdf.save(path)
    return path


def test_what_a_form_holds_is_read_behind_its_labels(tmp_path):
    (page,) = read(drawn(tmp_path / "form.pdf", form))
    said = " ".join(
        word.text for word in sorted(page.words, key=lambda word: (word.box[3] // 8, word.box[0]))
    )
    assert said.startswith("Country: Viet Nam Measure:")
    assert "Publish the costs of recruitment" in said
    assert {"rafts", "notice", "Labour", "ministers"} <= set(texts(page))
    assert "Senior" not in texts(page)
    assert all(150 <= word.box[0] < word.box[2] <= 351 for word in page.words if word.text[-1] != ":")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_fields_stand_beside_their_labels_however_a_page_is_turned(tmp_path, rotation):
    path = drawn(tmp_path / "form.pdf", form)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotation
        pdf.pages[0].CropBox = [20, 30, 560, 820]
        pdf.save(path)
    (page,) = read(path)
    assert all(word.box[0] >= 0 and word.box[2] <= page.width for word in page.words if word.text != "Body:")
    country, viet = (next(word for word in page.words if word.text == said) for said in ("Country:", "Viet"))
    if rotation in (0, 90):
        assert viet.box[3] == pytest.approx(country.box[3], abs=4)
        assert viet.box[0] > country.box[2]


def test_a_field_takes_what_its_group_states(tmp_path):
    path = drawn(tmp_path / "form.pdf", form)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.pages[0].Annots[0]
        field.Parent = pdf.make_indirect(pikepdf.Dictionary(V=pikepdf.String("Lao PDR é"), FT=field.FT))
        del field.V
        del field.FT
        pdf.save(path)
    assert "é" in texts(read(path)[0])


@pytest.mark.parametrize("change", [{"F": 2}, {"Ff": 1 << 13}, {"V": 7}, {"Rect": [1, 2, 3]}])
def test_what_is_hidden_or_no_value_is_left_out(tmp_path, change):
    path = changed(drawn(tmp_path / "form.pdf", form), lambda field: field.update(to_pdf(change)))
    assert "Viet" not in texts(read(path)[0])


def to_pdf(change):
    return {
        f"/{name}": pikepdf.Array(value) if isinstance(value, list) else value
        for name, value in change.items()
    }


def test_a_form_that_makes_no_sense_is_told_of_and_costs_no_other_words(tmp_path):
    path = changed(drawn(tmp_path / "form.pdf", form), lambda field: field.update({"/Rect": 5}))
    (page,) = read(path)
    assert texts(page) == ["Country:", "Measure:", "Body:"]
    assert [notice.words for notice in page.notices] == [checking.FORM.words]


def test_a_group_that_is_its_own_ends(tmp_path):
    def change(field):
        del field.V
        field.Parent = field

    assert "Viet" not in texts(read(changed(drawn(tmp_path / "form.pdf", form), change))[0])


def test_the_values_of_a_page_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(fields, "MOST_LETTERS", 10)
    (page,) = read(drawn(tmp_path / "form.pdf", form))
    assert texts(page) == ["Country:", "Measure:", "Body:", "Viet", "Nam"]


def test_a_value_longer_than_its_box_stays_in_it():
    value = " ".join(["recruitment"] * 400)
    words = list(words_in(Filled(value, (0, 0, 0, 0), 11, multiline=True), (100, 100, 300, 140)))
    assert len(words) == 400
    assert max(word.box[3] for word in words) <= 141
    assert max(word.box[2] for word in words) <= 301
