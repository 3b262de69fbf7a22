"""What was found about changes in a batch."""

from __future__ import annotations

from tests.google.asking import TURN_AROUND, batch, cells, look, read, rows
from tests.google.fact import ARCHITECTURE, GUIDE, RECORDED, SORTING, Fact

FACTS = (
    # --- moving and sorting ---
    Fact(ARCHITECTURE, "A move's destination counts before the removal",
         (batch({"moveDimension": {"source": rows(0, 1), "destinationIndex": 2}}), read("T!A1:A3")),
         {"values": [["b"], ["a"], ["c"]]}),
    Fact(ARCHITECTURE, "A move to right behind the last row is fine",
         (batch({"moveDimension": {"source": rows(0, 1), "destinationIndex": 10}}),
          read("T!A1:A2")),
         {"values": [["b"], ["c"]]}),
    Fact(ARCHITECTURE, "A move into itself is refused",
         (batch({"moveDimension": {"source": rows(0, 3), "destinationIndex": 1}}),),
         refused="Invalid requests[0].moveDimension"),
    Fact(ARCHITECTURE, "A sheet's new index counts before it is taken out",
         (batch({"addSheet": {"properties": {"title": "U", "sheetId": 1}}},
                {"addSheet": {"properties": {"title": "V", "sheetId": 2}}},
                {"updateSheetProperties": {"properties": {"sheetId": 0, "index": 2},
                                           "fields": "index"}}),
          look("sheets.properties.title")),
         {"sheets.0.properties.title": "U", "sheets.1.properties.title": "T"}),
    Fact(ARCHITECTURE, "A sort's column counts from the sheet's edge, not the range's",
         (batch({"sortRange": {"range": cells(0, 3, 1, 2), "sortSpecs": [
             {"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}}), read("T!A1:B3")),
         {"values": [["a", "3"], ["b", "2"], ["c", "1"]]}),
    Fact(SORTING, "A hidden row stays where it is while others are sorted",
         (batch({"updateDimensionProperties": {"range": rows(1, 2), "fields": "hiddenByUser",
                                               "properties": {"hiddenByUser": True}}}),
          batch(TURN_AROUND), read("T!A1:A3")), {"values": [["c"], ["a"], ["b"]]},
         given=[["b"], ["a"], ["c"]]),
    Fact(SORTING, "A vertical merge is not sorted",
         (batch({"mergeCells": {"range": cells(0, 2, 0, 1)}}), batch(TURN_AROUND)),
         refused="Invalid requests[0].sortRange: You can't sort a range containing vertical "
                 "merges. There is a vertical merge at A1:A2"),
    Fact(SORTING, "Blank cells sort last in either direction",
         (batch(TURN_AROUND), read("T!B1:B3")), {"values": [["2"], ["1"]]},
         given=[["a", 1], ["b", 2], ["", ""]]),
    # --- one batch ---
    Fact(GUIDE, "A batch is done whole or not at all",
         (batch({"updateSheetProperties": {"properties": {"sheetId": 0, "title": "U"},
                                           "fields": "title"}},
                {"deleteDimension": {"range": rows(99, 100)}}),),
         refused="Invalid requests[1].deleteDimension"),
    Fact(ARCHITECTURE, "An empty batch is refused",
         (batch(),), refused="Must specify at least one request."),
    Fact(ARCHITECTURE, "Two sheets of one name are refused",
         (batch({"addSheet": {"properties": {"title": "T"}}}),),
         refused='Invalid requests[0].addSheet: A sheet with the name "T" already exists. '
                 "Please enter another name."),
    Fact(ARCHITECTURE, "18,278 columns are the most",
         (batch({"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 18_273}}),),
         refused="18278 columns"),
    Fact(ARCHITECTURE, "Ten million cells are the most",
         (batch({"addSheet": {"properties": {"gridProperties": {
             "rowCount": 500_000, "columnCount": 20}}}}),), refused="10000000 cells"),
    Fact(RECORDED, "All sheets cannot be hidden",
         (batch({"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True},
                                           "fields": "hidden"}}),),
         refused="Invalid requests[0].updateSheetProperties: "
                 "You can't hide all the sheets in a document."),
    Fact("our study of Sheets, §5.1: a one-call compare-and-set",
         "findReplace of a whole cell changes nothing where the cell says something else",
         (batch({"findReplace": {"find": "b:open", "replacement": "b:done", "sheetId": 0,
                                 "matchEntireCell": True, "matchCase": True}}),),
         {"replies.0": {"findReplace": {}}}, given=[["b:open today"]]),
    Fact("our study of Sheets, §5.1: a one-call compare-and-set",
         "findReplace of a whole cell counts what it changed",
         (batch({"findReplace": {"find": "b:open", "replacement": "b:done", "sheetId": 0,
                                 "matchEntireCell": True, "matchCase": True}}),),
         {"replies.0.findReplace.occurrencesChanged": 1}, given=[["b:open"]]),
)  # fmt: skip
