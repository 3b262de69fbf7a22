"""Thai text as people and their keyboards leave it; meaning is kept, never NFKC (it tears ำ)."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_schema.loader import corrections

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
SPACES = re.compile(r"\s+")
SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
DOUBLED_MARK = re.compile("([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\\1+")
TONE_MARKS = re.compile("[\u0e47-\u0e4c]")
PUNCTUATION = re.compile(r"[\s.,:;*«»\"'“”‘’()\[\]/\\\-–—_%•]+")
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
    name = clean(text).replace(" ", "")
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
