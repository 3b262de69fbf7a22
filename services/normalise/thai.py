"""Thai text as people and their keyboards leave it; meaning is kept, never NFKC (it tears ำ)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from sheets_schema.loader import corrections

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
SPACES = re.compile(r"\s+")
SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
DOUBLED_MARK = re.compile("([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\\1+")
TONE_MARKS = re.compile("[\u0e47-\u0e4c]")
PUNCTUATION = re.compile(r"[\s.,:;*«»\"'“”‘’()\[\]/\\\-–—_%•]+")
TEXT_END = "\ue000"
"""Stands between texts that are looked through together; no keyboard types it."""
MARKS = "".join(map(chr, (0x0E31, *range(0x0E33, 0x0E3B), *range(0x0E47, 0x0E4F))))
ODD_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
ODD_THAI_SPACES = "\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u0e4d"
ODD = ("  ", f"{TEXT_END} ", f" {TEXT_END}", *ODD_SPACES)
"""What makes a text need cleaning; in texts of other than ASCII letters also the next ones."""
ODD_THAI = ("เเ", *(mark + mark for mark in MARKS), *ODD_THAI_SPACES, *HIDDEN)
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def clean(text: str) -> str:
    """The text as it was meant: no stray spaces or invisible marks, one spelling of ำ and แ.

    >>> clean("  น้ํา\u200b  เเม่ ")
    'น้ำ แม่'
    >>> clean("กุุสุมาลย์")
    'กุสุมาลย์'
    """
    if text.isascii():
        return text.strip() if "  " not in text else SPACES.sub(" ", text).strip()
    text = INVISIBLE.sub("", text).replace("เเ", "แ")
    text = SPLIT_SARA_AM.sub("\\1\u0e33", text)
    text = DOUBLED_MARK.sub(r"\1", text)
    return SPACES.sub(" ", text).strip()


def cleaned(texts: Sequence[str]) -> list[str]:
    """Many texts cleaned: they are looked through together, only odd ones one by one.

    >>> cleaned(["บ้านดง", " น้ํา ", "ก  ข"])
    ['บ้านดง', 'น้ำ', 'ก ข']
    """
    joined = TEXT_END + TEXT_END.join(texts) + TEXT_END
    odd = ODD if "".join(texts).isascii() else (*ODD, *ODD_THAI)
    places = {place for mark in odd if mark in joined for place in _places(mark, joined)}
    done = list(texts)
    if places:
        ends = list(accumulate(len(text) + 1 for text in texts))
        for number in {bisect_right(ends, place) for place in places}:
            done[number] = clean(done[number])
    return done


def _places(mark: str, joined: str) -> Iterator[int]:
    """Where the mark stands, inside the text that it makes odd."""
    inside = 1 if mark.startswith(TEXT_END) else 0
    at = joined.find(mark)
    while at >= 0:
        yield at + inside
        at = joined.find(mark, at + 1)


def arabic(text: str) -> str:
    """Thai digits as Arabic ones.

    >>> arabic("๒๖/7/๖๕")
    '26/7/65'
    """
    return text.translate(THAI_DIGITS)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """What two spellings of one label share: no spaces, punctuation, tone marks or digit style.

    >>> fold("หนี้คงเหลือ (บาท) *") == fold("หนี้ คงเหลือ(บาท)")
    True
    """
    return PUNCTUATION.sub("", TONE_MARKS.sub("", arabic(clean(text)).casefold()))


@lru_cache(maxsize=8192)
def fold_without_brackets(text: str) -> str:
    """The fold of a label whose unit in brackets is left away.

    >>> fold_without_brackets("เงินต้น (บาท)") == fold("เงินต้น")
    True
    """
    return fold(IN_BRACKETS.sub("", text))


def same_name(text: str) -> str:
    """A person's name for comparing: without title and spaces.

    >>> same_name("นาง สมมติ  ตัวอย่าง") == same_name("นางสมมติ ตัวอย่าง")
    True
    """
    name = arabic(clean(text)).replace(" ", "")
    for title in corrections().name_titles:
        short = title.replace(" ", "")
        if name.startswith(short) and len(name) > len(short):
            return name[len(short) :]
    return name


def tambon_name(text: str) -> str:
    """A tambon's name without «ตำบล», folded for comparing.

    >>> tambon_name("ต. เวียง") == tambon_name("เวียง")
    True
    """
    name = clean(text)
    for prefix in corrections().tambon_prefixes:
        if name.startswith(prefix) and len(name) > len(prefix):
            name = name[len(prefix) :]
            break
    return clean(name).replace(" ", "")
