"""Thai text as people and their keyboards leave it; meaning is kept, never NFKC (it tears ำ)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from sheets_schema.loader import corrections

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
INVISIBLE = re.compile(
    "[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
"""Signs that show nothing; orders to a terminal or a printer; what is no sign at all."""
SPACES = re.compile(r"\s+")
SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
DOUBLED_MARK = re.compile("([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\\1+")
TONE_MARKS = re.compile("[\u0e47-\u0e4c]")
PUNCTUATION = re.compile(r"[\s.,:;*«»\"'“”‘’()\[\]/\\\-–—_%•]+")
TEXT_END, SPACE = 0xE000, 0x20
"""A sign no keyboard types stands between texts that are looked through together."""
ODD_SIGNS = (
    *range(0x20), *range(0x7F, 0xA1), 0xAD, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029,
    *range(0x202A, 0x2030), 0x205F, 0x2060, *range(0x2066, 0x206A), 0x3000, *range(0xD800, 0xE000),
    0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, 0x0E4D,
)  # fmt: skip
"""Spaces but the common one, what shows nothing or is no sign, and the half of a torn ำ."""
NEVER_DOUBLED = (SPACE, 0x0E40, 0x0E31, *range(0x0E33, 0x0E3B), *range(0x0E47, 0x0E4F))
"""Two of these in a row are one too many, or two เ that should be แ."""
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def clean(text: str) -> str:
    r"""The text as it was meant: no stray spaces or invisible marks, one spelling of ำ and แ.

    >>> clean("  น้ํา\u200b  เเม่ ")
    'น้ำ แม่'
    >>> clean("กุุสุมาลย์")
    'กุสุมาลย์'
    >>> clean("แดง\x1b[31m"), clean("a\x00b")
    ('แดง[31m', 'ab')
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = INVISIBLE.sub("", text).replace("เเ", "แ")
    text = SPLIT_SARA_AM.sub("\\1\u0e33", text)
    text = DOUBLED_MARK.sub(r"\1", text)
    return SPACES.sub(" ", text).strip()


@cache
def _signs(chosen: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Which of all two-byte signs are among the chosen."""
    table = np.zeros(1 << 16, dtype=np.bool_)
    table[list(chosen)] = True
    return table


def cleaned(texts: Sequence[str]) -> list[str]:
    """Many texts cleaned: they are looked through together, only odd ones one by one.

    >>> cleaned(["บ้านดง", " น้ํา ", "ก  ข"])
    ['บ้านดง', 'น้ำ', 'ก ข']
    """
    end = chr(TEXT_END)
    joined = end + end.join(texts) + end
    signs = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    ends = np.flatnonzero(signs == TEXT_END)
    if len(ends) != len(texts) + 1:
        return [clean(text) for text in texts]
    sign, following = signs[:-1], signs[1:]
    doubled = (sign == following) & _signs(NEVER_DOUBLED)[sign]
    at_edge = ((sign == SPACE) & (following == TEXT_END)) | (
        (sign == TEXT_END) & (following == SPACE)
    )
    odd = np.flatnonzero(_signs(ODD_SIGNS)[sign] | doubled | at_edge)
    done = list(texts)
    for number in set((np.searchsorted(ends, odd, side="right") - 1).tolist()):
        done[number] = clean(done[number])
    return done


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


def names_a_person(text: str) -> bool:
    """Whether a text stands where a code should and starts with a person's title.

    >>> names_a_person("นางสมมติ ตัวอย่าง"), names_a_person("H01")
    (True, False)
    """
    name = clean(text).lstrip("0123456789๐๑๒๓๔๕๖๗๘๙. )(")
    return name.startswith(corrections().name_titles)


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


LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
MARKS = re.compile("[็-๎]")


def thai_order(text: str) -> tuple[str, str]:
    """A key that puts texts in the order of a Thai dictionary: consonants first, then marks.

    >>> sorted(["เกา", "ขา", "ก้อน", "กอน"], key=thai_order)
    ['กอน', 'ก้อน', 'เกา', 'ขา']
    """
    swapped = LEADING_VOWEL.sub(r"\2\1", text)
    return MARKS.sub("", swapped), "".join(MARKS.findall(swapped))
