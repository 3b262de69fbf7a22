"""Failures of the system: raised, and shown as one sentence in Thai and English."""

from collections.abc import Iterable


class AppError(Exception):
    """Something we cannot work without is missing or broken."""

    def __init__(self, thai: str, english: str) -> None:
        """Say the same in both languages, with what to do about it."""
        super().__init__(f"{thai} / {english}")
        self.thai = thai
        self.english = english


class DataFolderError(AppError):
    """The data folder, or the year in it, is not there."""

    def __init__(self, place: str) -> None:
        """Name the folder that was looked for."""
        super().__init__(
            f"ไม่พบโฟลเดอร์ข้อมูล «{place}» ให้วางแฟ้มเป็น <ปี พ.ศ.>/<รหัสอำเภอ> ชื่อ.xlsx",
            f"no data folder «{place}»; put files as <year BE>/<district code> name.xlsx",
        )


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
        super().__init__(f"แฟ้มของปี {year} ใช้ไม่ได้", mistake)


class WorkbookExistsError(AppError):
    """The district already has a workbook of that year."""

    def __init__(self, place: str) -> None:
        """Name the file that stays as it is."""
        super().__init__(
            f"มีแฟ้ม «{place}» อยู่แล้ว จึงไม่เขียนทับ ย้ายหรือเปลี่ยนโฟลเดอร์ก่อน",
            f"«{place}» is already there and stays as it is; move it or choose another folder",
        )
