"""A PDF as a scanner makes it: a picture of each page, and no words."""

from __future__ import annotations

import io

import pypdfium2

DPI = 200


def scanned(data: bytes) -> bytes:
    """Draw every page of a PDF as a grey picture and bind the pictures as a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    file = io.BytesIO()
    pages[0].save(file, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])
    return file.getvalue()
