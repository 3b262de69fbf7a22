"""Which files of a year's folder are whose, and which of them need somebody's attention."""

import os
from pathlib import Path

import pytest

from services.store.xlsx_folder import XlsxFolder
from tests.data.make import sound
from tests.store.books import YEAR, only, opened, put, refs


def folder_of(tmp_path: Path, *names: str) -> XlsxFolder:
    store = XlsxFolder(tmp_path)
    for name in names:
        store = put(tmp_path, name, sound())
    return store


@pytest.mark.parametrize(
    ("name", "district", "trouble"),
    [
        ("5601.xlsx", "5601", None),
        ("5601 เมืองพะเยา.xlsx", "5601", None),
        ("5601เมืองพะเยา.XLSX", "5601", None),
        ("5601-เมืองพะเยา ฉบับแก้ 2.xlsx", "5601", None),
        ("๕๖๐๑ เมืองพะเยา.xlsx", "5601", None),
        ("9999 ต่างจังหวัด.xlsx", "9999", "unknown_district"),
        ("56011 พิมพ์เกิน.xlsx", None, "no_district_code"),
        ("เมืองพะเยา.xlsx", None, "no_district_code"),
        ("5601 เมืองพะเยา.xls", "5601", "old_xls"),
        ("5601 เมืองพะเยา.xlsm", "5601", "other_format"),
        ("5601 เมืองพะเยา.ods", "5601", "other_format"),
        ("5601 เมืองพะเยา.csv", "5601", "other_format"),
    ],
)
def test_a_file_belongs_to_the_district_its_name_begins_with(
    name: str, district: str | None, trouble: str | None, tmp_path: Path
) -> None:
    assert refs(folder_of(tmp_path, name)) == {name: (district, trouble)}


@pytest.mark.parametrize("name", ["หนังสือ.docx", "5601 บันทึก.txt", ".5601.xlsx", "~$5601.xlsx"])
def test_other_files_in_the_folder_are_left_alone(name: str, tmp_path: Path) -> None:
    assert refs(folder_of(tmp_path, name)) == {}


def test_a_folder_named_like_a_workbook_is_none(tmp_path: Path) -> None:
    (tmp_path / str(YEAR) / "5601.xlsx").mkdir(parents=True)
    assert refs(XlsxFolder(tmp_path)) == {}


def test_districts_stand_in_order_and_strangers_last(tmp_path: Path) -> None:
    names = ["เมืองพะเยา.xlsx", "๕๖๐๒ จุน.xlsx", "5603.xlsx", "5601 ฮ.xlsx"]
    store = folder_of(tmp_path, *names)
    assert list(refs(store)) == ["5601 ฮ.xlsx", "๕๖๐๒ จุน.xlsx", "5603.xlsx", "เมืองพะเยา.xlsx"]


def test_of_two_workbooks_of_one_district_none_is_chosen(tmp_path: Path) -> None:
    store = folder_of(tmp_path, "5601 ก.xlsx", "๕๖๐๑ ข.xlsx")
    assert refs(store) == {"5601 ก.xlsx, ๕๖๐๑ ข.xlsx": ("5601", "several_files")}
    book = opened(store)
    assert (book.trouble, book.tabs) == ("several_files", ())


def test_an_old_file_beside_the_new_one_changes_nothing(tmp_path: Path) -> None:
    assert refs(folder_of(tmp_path, "5601 เก่า.xls", "5601 ใหม่.xlsx")) == {
        "5601 ใหม่.xlsx": ("5601", None)
    }


def test_two_old_files_are_still_two_files(tmp_path: Path) -> None:
    store = folder_of(tmp_path, "5601 ก.xls", "5601 ข.ods")
    assert refs(store) == {"5601 ก.xls, 5601 ข.ods": ("5601", "several_files")}


def test_two_files_of_an_unknown_district_are_still_of_an_unknown_district(tmp_path: Path) -> None:
    store = folder_of(tmp_path, "9999 ก.xlsx", "9999 ข.xlsx")
    assert {trouble for _, trouble in refs(store).values()} == {"unknown_district"}


@pytest.mark.parametrize(
    "lock",
    ["~$5601 เมืองพะเยา.xlsx", "~$01 เมืองพะเยา.xlsx", ".~lock.5601 เมืองพะเยา.xlsx#"],
)
def test_a_workbook_somebody_has_open_is_read_and_named(lock: str, tmp_path: Path) -> None:
    """Excel and LibreOffice leave a lock file beside the workbook while it is open."""
    name = "5601 เมืองพะเยา.xlsx"
    folder = folder_of(tmp_path, name)
    closed = only(folder)
    (tmp_path / str(YEAR) / lock).write_bytes(b"somebody")
    assert refs(folder) == {name: ("5601", "open_elsewhere")}
    assert only(folder).stamp != closed.stamp
    book = opened(folder)
    assert (book.trouble, [tab.name for tab in book.tabs]) == ("open_elsewhere", ["ศูนย์"])


def test_a_lock_speaks_of_no_other_workbook(tmp_path: Path) -> None:
    store = folder_of(tmp_path, "5601.xlsx", "5602.xlsx", "~$5602.xlsx")
    assert [ref.trouble for ref in store.workbooks(YEAR)] == [None, "open_elsewhere"]


def test_saving_a_workbook_changes_its_stamp(tmp_path: Path) -> None:
    store = folder_of(tmp_path, "5601.xlsx")
    before = only(store).stamp
    assert only(store).stamp == before
    os.utime(tmp_path / str(YEAR) / "5601.xlsx", (1, 1))
    assert only(store).stamp != before


def test_a_file_that_goes_while_the_folder_is_listed_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel saves by putting a new file in the old one's place."""
    store = folder_of(tmp_path, "5601.xlsx", "5602.xlsx")
    entries = list(os.scandir(tmp_path / str(YEAR)))
    (tmp_path / str(YEAR) / "5601.xlsx").unlink()
    monkeypatch.setattr(os, "scandir", lambda _: entries)
    assert refs(store) == {"5602.xlsx": ("5602", None)}


def test_a_workbook_knows_when_it_was_last_saved_in_thai_time(tmp_path: Path) -> None:
    store = folder_of(tmp_path, "5601.xlsx")
    os.utime(tmp_path / str(YEAR) / "5601.xlsx", (1_658_200_000, 1_658_200_000))
    (ref,) = store.workbooks(YEAR)
    assert ref.modified is not None
    assert ref.modified.isoformat() == "2022-07-19T10:06:40+07:00"
