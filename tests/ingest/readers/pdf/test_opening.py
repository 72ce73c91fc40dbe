from __future__ import annotations

import contextlib
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4

from corpus.errors import SourceError
from ingest.elements import Notice
from ingest.readers.pdf import checking, opening, pdfium
from ingest.readers.pdf.assembly import assembled
from ingest.readers.pdf.drawn import Glyph
from ingest.readers.pdf.inflation import check_streams, inflated
from ingest.readers.pdf.properties import properties
from ingest.readers.pdf.words import words_of
from tests.ingest.readers.pdf.making import SENTENCES, drawn, lines, read, texts

WORDS = " ".join(SENTENCES).split()


@pytest.fixture
def plain(tmp_path):
    return drawn(tmp_path / "plain.pdf", *[lines(*SENTENCES)] * 3)


def by_place(page):
    return sorted(page.words, key=lambda word: (round(word.box[3] / 5), word.box[0]))


def changed(path, change):
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return path


def test_pages_come_one_by_one_with_their_words_in_place(plain):
    survey = opening.survey(plain)
    assert (survey.pages, survey.way, survey.notices) == (3, "pdfplumber", ())
    (page,) = opening.pages(plain, survey, 2, 2)
    assert page.number == 2
    assert texts(page) == WORDS
    assert (page.width, page.height) == pytest.approx(A4, abs=0.01)
    x0, top, _, bottom = page.words[0].box
    assert x0 == pytest.approx(72)
    assert top < 72 < bottom
    assert bottom - top == pytest.approx(11)
    assert page.words[0].size == pytest.approx(11)


def test_a_range_beyond_the_end_stops_at_the_end(plain):
    survey = opening.survey(plain)
    assert [page.number for page in opening.pages(plain, survey, 3, 9)] == [3]
    assert list(opening.pages(plain, survey, 4, 9)) == []


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_drawn_to_be_turned_reads_from_left_to_right(tmp_path, rotation):
    def draw(canvas):
        width, height = A4
        moves = {90: (width, 0), 180: (width, height), 270: (0, height)}
        canvas.translate(*moves[rotation])
        canvas.rotate(rotation)
        canvas.drawString(72, 72, SENTENCES[0])

    path = drawn(tmp_path / "turned.pdf", draw)
    path = changed(path, lambda pdf: setattr(pdf.pages[0], "Rotate", rotation))
    (page,) = read(path)
    assert texts(page) == SENTENCES[0].split()
    starts = [word.box[0] for word in page.words]
    assert starts == sorted(starts)
    assert page.words[0].box[0] == pytest.approx(72, abs=1)
    assert page.words[0].box[3] == pytest.approx(page.height - 72, abs=4)
    assert (page.width > page.height) == (rotation != 180)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, [50, 60, 500, 800]])
def test_both_libraries_place_words_alike_however_a_page_is_turned_or_cropped(tmp_path, rotation, crop):
    def change(pdf):
        pdf.pages[0].Rotate = rotation
        if crop:
            pdf.pages[0].CropBox = crop

    path = changed(drawn(tmp_path / "a.pdf", lines(*SENTENCES, x=120, top=300)), change)
    (page,) = read(path)
    with pdfium.opened(path) as document:
        other = assembled(1, pdfium.drawn_on(document, 1))
    assert texts(page) == WORDS
    assert (page.width, page.height) == pytest.approx((other.width, other.height), abs=0.01)
    for word, same in zip(by_place(page), by_place(other), strict=True):
        assert word.text == same.text
        assert word.box == pytest.approx(same.box, abs=1.5)
        assert word.size == pytest.approx(same.size, abs=0.1)
        assert 0 <= word.box[0] < word.box[2] <= page.width


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_whose_print_lies_on_its_side_is_turned(tmp_path, quarters):
    def draw(canvas):
        width, height = A4
        canvas.translate(*{1: (width, 0), 2: (width, height), 3: (0, height)}[quarters])
        canvas.rotate(90 * quarters)
        lines(*SENTENCES, top=A4[1] - 300)(canvas)

    (page,) = read(drawn(tmp_path / "side.pdf", draw))
    assert texts(page) == WORDS
    assert page.words[0].box[1] < page.words[-1].box[1]
    assert page.words[0].box[0] == pytest.approx(72, abs=1)
    assert not page.notices


def test_a_label_set_sideways_in_a_frame_is_read_and_one_in_the_margin_is_told_of(tmp_path):
    def draw(canvas):
        lines(*SENTENCES)(canvas)
        canvas.grid([72, 110, 300], [300, 500])
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(320, -95, "First pillar")
        canvas.restoreState()

    def margin(canvas):
        draw(canvas)
        canvas.rotate(90)
        canvas.drawString(320, -20, "Draft of May")

    framed, both = read(drawn(tmp_path / "pillar.pdf", draw, margin))
    assert texts(framed) == [*WORDS, "First pillar"]
    assert framed.words[-1].box == pytest.approx((84, 472, 98, 522), abs=4)
    assert not framed.notices
    assert texts(both) == texts(framed)
    assert ["sideways" in notice.words for notice in both.notices] == [True]


def test_words_outside_the_part_shown_are_left_out_and_told_of(tmp_path):
    path = drawn(tmp_path / "a.pdf", lines("printed here", x=100, top=400), lines("all beyond", x=10))

    def crop(pdf):
        for page in pdf.pages:
            page.CropBox = [50, 60, 500, 700]

    path = changed(path, crop)
    kept, lost = read(path)
    assert texts(kept) == ["printed", "here"]
    assert texts(lost) == []
    assert ["outside" in notice.words for notice in lost.notices] == [True]
    assert lost.notices[0].pages == (2,)


def test_double_print_comes_once_and_bold_is_told_from_the_font(tmp_path):
    def draw(canvas):
        canvas.setFont("Helvetica", 11)
        for shift in (0, 0.3):
            canvas.drawString(72 + shift, 700, "Labour offices")
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 600, "Theme")

    (page,) = read(drawn(tmp_path / "a.pdf", draw))
    assert texts(page) == ["Labour", "offices", "Theme"]
    assert [word.bold for word in page.words] == [False, False, True]


@pytest.mark.parametrize(
    ("letters", "font", "words"),
    [
        (["o", "\ufb03", "ce"], "Helvetica", ["office"]),
        (["co", "\xad", "op"], "Helvetica", ["co-op"]),
        (["a", "\x01", "\u200b"], "Helvetica", ["a"]),
        (["e", "\u0301", "t", "\ud800"], "Helvetica", ["\u00e9t"]),
        (["(cid:127)", " ", "a"], "Helvetica", ["•", "a"]),
        (["v", " ", "v"], "AAAAAA+Wingdings-Regular", ["•", "•"]),
        (["\uf0b7"], "Symbol", ["\uf0b7"]),
    ],
)
def test_letters_are_spelt_out_as_they_are_read(letters, font, words):
    glyphs = [Glyph(text, 5 * i, 0, 5 * i + 5, 10, 5 * i, 8, 10, font, 0) for i, text in enumerate(letters)]
    assert [word.text for word in words_of(glyphs)] == words


def test_a_number_raised_after_a_word_is_a_word_of_its_own(tmp_path):
    def draw(canvas):
        text = canvas.beginText(72, 700)
        text.setFont("Helvetica", 11)
        text.textOut("workers")
        text.setFont("Helvetica", 7)
        text.setRise(4)
        text.textOut("3")
        canvas.drawText(text)

    assert texts(read(drawn(tmp_path / "a.pdf", draw))[0]) == ["workers", "3"]


def test_rules_are_merged_and_specks_dropped(tmp_path):
    def draw(canvas):
        for i in range(50):
            canvas.line(72 + i * 4, 500, 74 + i * 4, 500)
            canvas.line(300, 300, 301, 300)
        canvas.rect(72, 100, 200, 1, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(72, 600, 200, 50, stroke=0, fill=1)
        canvas.rect(100, 200, 50, 40, fill=0)

    (page,) = read(drawn(tmp_path / "a.pdf", draw))
    assert sum(rule.horizontal for rule in page.rules) == 4
    assert sum(not rule.horizontal for rule in page.rules) == 2
    dotted = min(page.rules, key=lambda rule: rule.top if rule.horizontal else 999)
    assert (dotted.x0, dotted.x1) == pytest.approx((72, 270))


def test_a_page_with_very_many_lines_keeps_a_bounded_number(tmp_path):
    def draw(canvas):
        for i in range(6000):
            canvas.line(50 + i % 83, 20 + i / 8, 60 + i % 83 + i % 7, 20 + i / 8)
        lines("the only words")(canvas)

    (page,) = read(drawn(tmp_path / "a.pdf", draw))
    assert texts(page) == ["the", "only", "words"]
    assert 0 < len(page.rules) <= 2000


@pytest.mark.parametrize(
    ("password", "cause"), [("", "no password was given"), ("wrong", "does not open it")]
)
def test_an_encrypted_file_says_what_is_wrong_with_the_password(plain, password, cause):
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        pdf.save(plain, encryption=pikepdf.Encryption(user="open sesame", owner="x", R=6))
    with pytest.raises(SourceError, match=cause):
        opening.survey(plain, password)
    survey = opening.survey(plain, "open sesame")
    pages = list(opening.pages(plain, survey, 1, 3, "open sesame"))
    assert [texts(page) for page in pages] == [WORDS] * 3


def test_a_file_that_only_forbids_copying_is_read(plain):
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        pdf.save(plain, encryption=pikepdf.Encryption(user="", owner="x", R=4))
    assert texts(read(plain)[0]) == WORDS


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "empty"),
        (b"Dear Sir", "not a PDF"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (
            b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
            b"2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF",
            "damaged",
        ),
    ],
)
def test_what_holds_no_pages_is_refused_with_cause_and_remedy(tmp_path, content, cause):
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=cause) as raised:
        opening.survey(path)
    assert "letter.pdf" in str(raised.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        opening.survey(tmp_path / "none.pdf")


def test_a_file_cut_short_is_read_from_a_repaired_copy_and_that_is_told(plain):
    plain.write_bytes(plain.read_bytes()[:-400])
    survey = opening.survey(plain)
    assert survey.way == "repaired copy"
    assert "damaged" in survey.notices[0].words
    assert [texts(page) for page in opening.pages(plain, survey, 1, 3)] == [WORDS] * 3


def test_a_page_named_twice_in_the_tree_is_read_twice(plain):
    path = changed(plain, lambda pdf: pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[0]))
    path.write_bytes(path.read_bytes().replace(b"/Count 3", b"/Count 4"))
    assert [texts(page) for page in read(path)] == [WORDS] * 4


def test_a_false_number_of_pages_is_not_believed(tmp_path):
    path = tmp_path / "count.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1000000>> endobj\n"
        b"3 0 obj <</Type/Page/MediaBox[0 0 300 300]/Parent 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
    )
    assert opening.survey(path).pages == 1


def test_letters_that_pdfplumber_cannot_name_are_read_by_pdfium(plain):
    def change(pdf):
        name = pikepdf.Name
        named = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        part = pikepdf.Dictionary(Type=name.Font, Subtype=name.CIDFontType2, BaseFont=name.Arial, DW=600)
        part.CIDSystemInfo = named
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type0, BaseFont=name.Arial)
        font.Encoding, font.DescendantFonts = name("/Identity-H"), pikepdf.Array([pdf.make_indirect(part)])
        pdf.pages[1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        code = SENTENCES[0].encode("utf-16-be").hex()
        pdf.pages[1].Contents = pikepdf.Stream(pdf, f"BT /F1 11 Tf 72 700 Td <{code}> Tj ET".encode())

    page = read(changed(plain, change))[1]
    assert " ".join(texts(page)) == SENTENCES[0]
    assert [notice.words for notice in page.notices] == [checking.UNKNOWN_LETTERS.words]
    assert page.notices[0].pages == (2,)


def test_a_page_on_which_pdfplumber_fails_is_read_by_pdfium(plain):
    path = changed(plain, lambda pdf: setattr(pdf.pages[1], "Rotate", pikepdf.Name.Foo))
    pages = read(path)
    assert [texts(page) for page in pages] == [WORDS] * 3


def test_a_page_that_inflates_without_end_is_refused_and_the_others_are_read(plain):
    pack = zlib.compressobj(9)
    bomb = b"".join(pack.compress(bytes(1 << 20)) for _ in range(70)) + pack.flush()

    def change(pdf):
        stream = pikepdf.Stream(pdf, b"")
        stream.write(bomb, filter=pikepdf.Name.FlateDecode)
        pdf.pages[1].Contents = stream

    pages = read(changed(plain, change))
    assert [texts(page) for page in pages] == [WORDS, [], WORDS]
    assert [notice.words for notice in pages[1].notices] == [checking.REFUSED.words]


@pytest.mark.parametrize("head", [b"%PDF-1.5 1 0 obj ", b"%PDF-1.5\n1 0\nobj\n", b"%PDF-1.5\n1 0%\robj", b""])
def test_a_stream_that_inflates_beyond_measure_refuses_the_file(tmp_path, head):
    packed = zlib.compress(bytes(1 << 20))
    path = tmp_path / "bomb.pdf"
    path.write_bytes(head + b"<</Type/ObjStm/Filter/FlateDecode>> stream\n" + packed + b"\nendstream")
    check_streams(path, limit=1 << 20)
    with pytest.raises(SourceError, match="inflates"):
        check_streams(path, limit=(1 << 20) - 1)


@given(st.binary(max_size=4000), st.integers(1, 3000))
def test_inflating_counts_up_to_the_limit_and_stands_any_bytes(data, limit):
    assert inflated(data, limit) >= 0
    assert min(inflated(zlib.compress(data), limit), limit + 1) == min(len(data), limit + 1)


@pytest.mark.parametrize("nested", [12, 0])
def test_forms_that_draw_forms_without_end_are_refused(plain, nested):
    def change(pdf):
        kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 9, 9]}
        form = pdf.make_indirect(pikepdf.Stream(pdf, b"/X Do" if not nested else b"BT ET", **kind))
        if not nested:
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        for _ in range(nested):
            inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
            form = pdf.make_indirect(pikepdf.Stream(pdf, b"/X Do " * 10, **kind, Resources=inner))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"/X Do")

    pages = read(changed(plain, change))
    assert [notice.words for notice in pages[0].notices] == [checking.REFUSED.words]
    assert texts(pages[1]) == WORDS


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_flipped_bytes_end_in_pages_or_a_refusal(plain, data):
    sound = plain.read_bytes()
    content = bytearray(sound)
    for at in data.draw(st.lists(st.integers(0, len(sound) - 1), min_size=1, max_size=30)):
        content[at] ^= data.draw(st.integers(1, 255))
    path = plain.with_name("flipped.pdf")
    path.write_bytes(content)
    with contextlib.suppress(SourceError):
        pages = read(path)
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_empty_pages_are_pages(tmp_path):
    pages = read(drawn(tmp_path / "blank.pdf", *[lambda canvas: None] * 100))
    assert [page.number for page in pages] == list(range(1, 101))
    assert not any(page.words or page.notices for page in pages)


def test_notices_of_the_same_words_name_all_their_pages():
    notices = [Notice("Scanned.", (3,)), Notice("Damaged."), Notice("Scanned.", (1,))]
    assert opening.merged(notices) == (Notice("Scanned.", (1, 3)), Notice("Damaged."))


@pytest.mark.parametrize(
    ("facts", "title", "created"),
    [
        (
            {"Title": " ASEAN\tLabour\x00 ", "CreationDate": "D:20161103120000+07'00'"},
            "ASEAN Labour",
            "2016-11-03",
        ),
        ({"Title": "Microsoft Word - final v3.docx", "CreationDate": "D:2016"}, "", "2016-01-01"),
        ({"Title": "report.indd", "CreationDate": "D:20161399"}, "", ""),
        ({"Title": "Untitled", "CreationDate": "yesterday"}, "", ""),
    ],
)
def test_properties_are_cleaned(facts, title, created):
    found = properties(facts)
    assert (found.title, found.created) == (title, created)


def test_the_survey_tells_title_and_author(tmp_path):
    def draw(canvas):
        canvas.setTitle("Work Programme")
        canvas.setAuthor("ASEAN Secretariat")

    told = opening.survey(drawn(tmp_path / "a.pdf", draw)).properties
    assert (told.title, told.author) == ("Work Programme", "ASEAN Secretariat")
