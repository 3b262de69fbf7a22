"""The calls to a spreadsheet's values."""

from __future__ import annotations

from typing import Any

from tests.support.google import a1, metadata, values
from tests.support.google.answers import RefusedError
from tests.support.google.calls import Call, Request
from tests.support.google.results import Results
from tests.support.google.sheets import Sheet
from tests.support.google.values import Rows, Written


def get_values(call: Call) -> dict[str, Any]:
    sheet, span = call.book.find(call.parts["range"])
    how = values.reading({name: call.request.last(name) for name in call.request.query})
    return values.value_range(Results(call.book), sheet, span, how)


def batch_get(call: Call) -> dict[str, Any]:
    how = values.reading({name: call.request.last(name) for name in call.request.query})
    spots = [call.book.find(text) for text in call.request.query.get("ranges", [])]
    results = Results(call.book)
    found = [values.value_range(results, sheet, span, how) for sheet, span in spots]
    return call.answer(valueRanges=found) if found else call.answer()


def batch_get_by_data_filter(call: Call) -> dict[str, Any]:
    how, results = values.reading(call.body), Results(call.book)
    filters = call.body.get("dataFilters", [])
    if not filters:
        raise RefusedError(400, "Must specify at least one data filter.")
    matched: dict[tuple[int, a1.Span], list[dict[str, Any]]] = {}
    for one in filters:
        for sheet, span in metadata.ranges(call.book, one):
            matched.setdefault((sheet.sheet_id, span), []).append(one)
    found = [
        {
            "valueRange": values.value_range(results, call.book.sheet(number), span, how),
            "dataFilters": by,
        }
        for (number, span), by in matched.items()
    ]
    return call.answer(valueRanges=found) if found else call.answer()


def update_values(call: Call) -> dict[str, Any]:
    request = call.request
    writing = call.writing(request.last("valueInputOption"))
    _check_same_range(call)
    rows = values.as_rows(call.body)
    asked = call.parts["range"]
    written = values.write(writing, call.book.find(asked), rows, asked)
    _edited(call)
    how = _response_reading(request)
    more = _updated_data(call, written, how) if request.truth("includeValuesInResponse") else {}
    return call.answer(**written.answer(), **more)


def _check_same_range(call: Call) -> None:
    named = call.body.get("range")
    if named and call.book.find(named) != call.book.find(call.parts["range"]):
        asked = call.parts["range"]
        raise RefusedError(
            400, f"Requested writing within range [{asked}], but the value range is [{named}]"
        )


def _response_reading(request: Request) -> values.Reading:
    return values.Reading(
        "ROWS",
        request.last("responseValueRenderOption") or "FORMATTED_VALUE",
        request.last("responseDateTimeRenderOption") or "SERIAL_NUMBER",
    )


def _updated_data(call: Call, written: Written, how: values.Reading) -> dict[str, Any]:
    span = written.box.span()
    data = values.value_range(Results(call.book), written.sheet, span, how)
    return {"updatedData": data}


def append_values(call: Call) -> dict[str, Any]:
    request = call.request
    writing = call.writing(request.last("valueInputOption"))
    rows = values.as_rows(call.body)
    place = call.book.find(call.parts["range"])
    insert = request.last("insertDataOption") == "INSERT_ROWS"
    table, written = values.append(writing, place, rows, insert=insert)
    _edited(call)
    how = _response_reading(request)
    more = _updated_data(call, written, how) if request.truth("includeValuesInResponse") else {}
    updates = call.answer(**written.answer(), **more)
    if table is None:
        return call.answer(updates=updates)
    return call.answer(tableRange=a1.box_name(place[0].title, table), updates=updates)


def clear_values(call: Call) -> dict[str, Any]:
    cleared = values.clear(call.clearing(), *call.book.find(call.parts["range"]))
    _edited(call)
    return call.answer(clearedRange=cleared)


def batch_clear(call: Call) -> dict[str, Any]:
    spots = [call.book.find(text) for text in call.body.get("ranges", [])]
    return _cleared(call, spots)


def batch_clear_by_data_filter(call: Call) -> dict[str, Any]:
    filters = call.body.get("dataFilters", [])
    return _cleared(call, [spot for one in filters for spot in metadata.ranges(call.book, one)])


def _cleared(call: Call, spots: list[tuple[Sheet, a1.Span]]) -> dict[str, Any]:
    cleared = [values.clear(call.clearing(), sheet, span) for sheet, span in spots]
    _edited(call)
    return call.answer(clearedRanges=cleared) if cleared else call.answer()


def batch_update_values(call: Call) -> dict[str, Any]:
    data = [(call.book.find(one["range"]), one) for one in call.body.get("data", [])]
    written = _written(call, [(spot, _rows_of(one, n)) for n, (spot, one) in enumerate(data)])
    responses = [call.answer(**one.answer(), **_more(call, one)) for one in written]
    return call.answer(**values.totals(written), **({"responses": responses} if written else {}))


def _rows_of(one: dict[str, Any], number: int) -> Rows:
    return values.as_rows(one, f"data[{number}].values")


def _more(call: Call, written: Written) -> dict[str, Any]:
    if not call.body.get("includeValuesInResponse"):
        return {}
    how = values.Reading(
        "ROWS",
        call.body.get("responseValueRenderOption") or "FORMATTED_VALUE",
        call.body.get("responseDateTimeRenderOption") or "SERIAL_NUMBER",
    )
    return _updated_data(call, written, how)


def batch_update_by_data_filter(call: Call) -> dict[str, Any]:
    """Several matches are all written; what matches nothing is passed over."""
    spots = [
        (spot, _rows_of(one, number), one["dataFilter"])
        for number, one in enumerate(call.body.get("data", []))
        for spot in metadata.ranges(call.book, one["dataFilter"])
    ]
    written = _written(call, [(spot, rows) for spot, rows, _ in spots])
    responses = [
        {**one.answer(), "dataFilter": by, **_more(call, one)}
        for one, (_, _, by) in zip(written, spots, strict=True)
    ]
    return call.answer(**values.totals(written), **({"responses": responses} if written else {}))


def _written(call: Call, wanted: list[tuple[tuple[Sheet, a1.Span], Rows]]) -> list[Written]:
    """Write several ranges; if one is refused, none is kept."""
    writing = call.writing(call.body.get("valueInputOption"))
    before = call.book.copy()
    try:
        written = [values.write(writing, spot, rows) for spot, rows in wanted]
    except RefusedError:
        call.file.book = before
        raise
    _edited(call)
    return written


def _edited(call: Call) -> None:
    call.world.edited(call.file)
