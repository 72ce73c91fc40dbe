"""Periods as the texts print them, and the dates they stand for."""

from __future__ import annotations

import calendar
import re
from datetime import date

from ingest.headings import MONTHS

YEAR = r"(?:19|20)\d\d"
DASH = r"\s*[-–—/]\s*"
MONTH = rf"(?:{MONTHS})\.?"
PART = (
    r"(?:Q[1-4]|H[12]|(?:1st|2nd|first|second|last) half"
    r"|(?:1st|2nd|3rd|4th|first|second|third|fourth|last) quarter)"
)
"""A quarter or a half of a year."""
IN_PART = rf"{PART}(?:{DASH}{PART})?(?:\s+of)?\s*,?\s*{YEAR}"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
FORMS = (
    rf"\b{IN_PART}(?:{DASH}{IN_PART})?",
    rf"{MONTH}\s+{YEAR}\s*[-–]\s*{MONTH}\s+{YEAR}",
    rf"\d{{1,2}}(?:{DASH}\d{{1,2}})?\s+{MONTH},?\s+{YEAR}(?:\s*[-–]\s*\d{{1,2}}\s+{MONTH}\s+{YEAR})?",
    rf"(?:(?:towards\s+)?(?:the\s+)?(?:end|beginning|middle)(?:\s+of)?\s+)?{MONTH}\s+{YEAR}",
    rf"{YEAR}(?:{DASH}(?:{YEAR}|\d\d(?!\d)))?\s+onwards?",
    rf"{YEAR}{DASH}(?:{YEAR}|\d\d(?!\d))",
    rf"end{DASH}{YEAR}|{YEAR}",
    r"every\s+(?:\d+(?:\.\d+)?|two|three|four|five|six)\s+(?:years?|months?)",
    r"\b(?:on-?\s?going|annual(?:ly)?|biennial(?:ly)?)\b",
)
PERIOD = re.compile("|".join(rf"(?:{form})" for form in FORMS), re.IGNORECASE)
DATED = re.compile("|".join(rf"(?:{form})" for form in FORMS[:8]), re.IGNORECASE)
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


def period_in(text: str) -> str:
    """Return the first period that a text prints, as printed with its white space folded; else nothing."""
    found = PERIOD.search(text)
    return " ".join(found.group().split()) if found else ""


def periods_in(text: str) -> tuple[str, ...]:
    """Return every dated period that a text prints, in order, as printed."""
    return tuple(" ".join(found.group().split()) for found in DATED.finditer(text))


def dates_of(period: str) -> tuple[str, str]:
    """First and last day (ISO) of a printed period; empty where it names no year.

    "2012-2013" is the two whole years, "April 2012" the month, "Q1 2012" three of them, "2014 onwards" has no
    end.
    """
    years = [int(year) for year in re.findall(YEAR, period)]
    if not years:
        return "", ""
    short = re.search(rf"({YEAR}){DASH}(\d\d)(?!\d)", period)
    if short and int(short[2]) > int(short[1][2:]):
        years.append(int(short[1][:2] + short[2]))
    first, last = min(years), max(years)
    months = [MONTH_NUMBERS[name[:3].lower()] for name in re.findall(MONTH, period, re.IGNORECASE)]
    if "onward" in period.lower():
        return date(first, 1, 1).isoformat(), ""
    parts = [_months_of(part) for part in re.findall(PART, period, re.IGNORECASE)]
    if parts and not months:
        return _with_months("", (first, last), (parts[0][0], parts[-1][1]))
    if not months:
        return date(first, 1, 1).isoformat(), date(last, 12, 31).isoformat()
    return _with_months(period, (first, last), (months[0], months[-1]))


def _with_months(period: str, years: tuple[int, int], months: tuple[int, int]) -> tuple[str, str]:
    days = [int(day) for day in re.findall(r"(?<!\d)\d{1,2}(?!\d)", re.sub(YEAR, "", period))]
    ends = [calendar.monthrange(year, month)[1] for year, month in zip(years, months, strict=True)]
    if days and 1 <= days[0] <= ends[0] and 1 <= days[-1] <= ends[1]:
        first, last = date(years[0], months[0], days[0]), date(years[1], months[1], days[-1])
    else:
        first, last = date(years[0], months[0], 1), date(years[1], months[1], ends[1])
    return (first.isoformat(), last.isoformat()) if first <= last else (last.isoformat(), first.isoformat())


def _months_of(part: str) -> tuple[int, int]:
    """First and last month of a quarter or a half of a year."""
    words = part.lower()
    length = 6 if words.startswith("h") or words.endswith("half") else 3
    digit = re.search(r"\d", words)
    number = int(digit[0]) if digit else ORDINALS.get(words.split()[0], 12 // length)
    return length * (number - 1) + 1, length * number
