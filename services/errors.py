"""Failures of the system: raised, and shown as one sentence in Thai and English."""

from collections.abc import Iterable


class AppError(Exception):
    """Something we cannot work without is missing or broken."""

    def __init__(self, thai: str, english: str) -> None:
        """Say the same in both languages, with what to do about it."""
        super().__init__(f"{thai} / {english}")
        self.thai = thai
        self.english = english


class StoreError(AppError):
    """The store, or the year in it, is not there."""


class DataFolderError(StoreError):
    """The data folder, or the year in it, is not there."""

    def __init__(self, place: str) -> None:
        """Name the folder that was looked for."""
        super().__init__(
            f"ไม่พบโฟลเดอร์ข้อมูล «{place}» ให้วางแฟ้มเป็น <ปี พ.ศ.>/<รหัสอำเภอ> ชื่อ.xlsx",
            f"no data folder «{place}»; put files as <year BE>/<district code> name.xlsx",
        )


class NotLinkedError(StoreError):
    """The year has no spreadsheet in the settings."""

    def __init__(self, year: int, known: Iterable[int]) -> None:
        """Name the years that have some."""
        years = ", ".join(map(str, known)) or "–"
        super().__init__(
            f"ปี {year} ยังไม่มีลิงก์สเปรดชีต ปีที่มี: {years} – เพิ่ม [google.years.{year}] ใน secrets.toml",
            f"no spreadsheets are linked for {year}; known: {years}",
        )


class SecretsError(AppError):
    """The file of secrets cannot be used; its values are never told."""

    def __init__(self, place: str, mistake: str, english: str) -> None:
        """Name the file, and which key is wrong and what it takes."""
        super().__init__(f"«{place}» ใช้ไม่ได้: {mistake}", f"«{place}» cannot be used: {english}")


class UnknownYearError(AppError):
    """No programme file for the year."""

    def __init__(self, year: int, known: Iterable[int]) -> None:
        """Name the years that have one."""
        years = ", ".join(map(str, known))
        super().__init__(
            f"ยังไม่มีแฟ้มของปี {year} ปีที่มี: {years}", f"no programme for {year}; known: {years}"
        )


class ProgrammeError(AppError):
    """The year's programme file is wrong."""

    def __init__(self, year: int, mistake: str) -> None:
        """Say which file and key, as the loader found it."""
        super().__init__(f"แฟ้มของปี {year} ใช้ไม่ได้ ({mistake})", "the year cannot be used")


class SettingError(AppError):
    """A setting whose value means nothing."""

    def __init__(self, name: str, accepted: str) -> None:
        """Name the setting and what it takes."""
        super().__init__(
            f"ค่าตั้ง {name} ไม่ถูกต้อง รับ: {accepted}", f"{name} is not understood; accepted: {accepted}"
        )


class NoLongerAllowedError(AppError):
    """A file was offered to somebody whose rights are others by now."""

    def __init__(self) -> None:
        super().__init__(
            "สิทธิ์ของบัญชีนี้เปลี่ยนไปแล้ว ให้เปิดหน้านี้ใหม่",
            "this account's rights have changed; reload the page",
        )


class NotWrittenError(AppError):
    """A workbook was not written; whatever stood there stays as it is."""

    def __init__(self, place: str, *, exists: bool) -> None:
        """Name the file, and whether one is in the way or the folder refuses."""
        thai = "มีแฟ้มของอำเภอนี้อยู่แล้ว" if exists else "โฟลเดอร์เขียนไม่ได้"
        english = "the district has this workbook already" if exists else "the folder refuses it"
        super().__init__(
            f"ไม่ได้เขียน «{place}»: {thai} ให้เลือกโฟลเดอร์อื่น",
            f"«{place}» was not written: {english}; choose another folder",
        )


class UnknownPaperError(AppError):
    """The year's programme has no such paper."""

    def __init__(self, name: str, year: int, known: Iterable[str]) -> None:
        """Name the papers there are."""
        papers = ", ".join(known) or "–"
        super().__init__(
            f"ปี {year} ไม่มีแบบ «{name}» แบบที่มี: {papers}",
            f"{year} has no paper «{name}»; known: {papers}",
        )


class UnknownPlaceError(AppError):
    """No such district in the province, or no such centre in the district's workbook."""

    def __init__(self, option: str, code: str, known: Iterable[str]) -> None:
        """Name the codes there are."""
        codes = ", ".join(known) or "–"
        super().__init__(f"ไม่พบ {option} «{code}» ที่มี: {codes}", f"{option} knows only: {codes}")


class NotForThisPaperError(AppError):
    """An option that the paper does not take, or cannot do without another."""

    def __init__(self, option: str, paper: str, thai: str, english: str) -> None:
        """Say what the paper takes."""
        super().__init__(f"«{paper}» ใช้ {option} ไม่ได้: {thai}", f"{option} of «{paper}»: {english}")


class FormatLaterError(AppError):
    """A format that is not made yet."""

    def __init__(self, wanted: str) -> None:
        """Name the one that is."""
        super().__init__(
            f"ยังทำแบบเป็น {wanted} ไม่ได้ จะตามมาภายหลัง ตอนนี้ใช้ --format xlsx",
            f"{wanted} comes later; use --format xlsx now",
        )


class AmongWorkbooksError(AppError):
    """A paper would be written among the offices' workbooks."""

    def __init__(self, place: str) -> None:
        """Name the place."""
        super().__init__(
            f"ไม่ได้เขียน «{place}»: เป็นโฟลเดอร์ของสมุดงาน ให้เลือกโฟลเดอร์อื่น",
            f"«{place}» was not written: the folder holds workbooks; choose another folder",
        )
