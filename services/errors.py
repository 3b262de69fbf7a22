"""Failures of the system: raised, and shown as one sentence in Thai and English."""


class AppError(Exception):
    """Something we cannot work without is missing or broken."""

    def __init__(self, thai: str, english: str) -> None:
        """Say the same in both languages, with what to do about it."""
        super().__init__(f"{thai} / {english}")
        self.thai = thai
        self.english = english


class DataFolderError(AppError):
    """The data folder, or the year in it, is not there."""


class ProgrammeError(AppError):
    """The year has no programme file, or the file is wrong."""
