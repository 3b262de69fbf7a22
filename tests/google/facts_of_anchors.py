"""What was found about developer metadata and its filters."""

from __future__ import annotations

from tests.google.asking import (
    ANCHORED,
    DELETE_FIRST,
    HERE,
    INSERT_ABOVE,
    LAST_TO_TOP,
    TURN_AROUND,
    anchor,
    batch,
    by_id,
    by_key,
    look,
    metadata,
    post,
    read,
    rows,
    write,
)
from tests.google.fact import ARCHITECTURE, METADATA, OPERATION_KEY, Fact

FOLLOWS = "A row's metadata goes with the row through "
FACTS = (
    # --- developer metadata: the anchors ---
    Fact(METADATA, FOLLOWS + "an insertion", (batch(anchor(1)), batch(INSERT_ABOVE), ANCHORED),
         {HERE: "T!A3:F3", "valueRanges.0.valueRange.values": [["b", "2"]]}),
    Fact(METADATA, FOLLOWS + "a deletion", (batch(anchor(1)), batch(DELETE_FIRST), ANCHORED),
         {HERE: "T!A1:F1", "valueRanges.0.valueRange.values": [["b", "2"]]}),
    Fact(METADATA, FOLLOWS + "a move", (batch(anchor(2)), batch(LAST_TO_TOP), ANCHORED),
         {HERE: "T!A1:F1", "valueRanges.0.valueRange.values": [["c", "3"]]}),
    Fact(METADATA, FOLLOWS + "a sort", (batch(anchor(0)), batch(TURN_AROUND), ANCHORED),
         {HERE: "T!A3:F3", "valueRanges.0.valueRange.values": [["a", "1"]]}),
    Fact(METADATA, "Writing values leaves a row's metadata alone",
         (batch(anchor(1)), write("T!A2:B2", [["new", 9]]), ANCHORED),
         {HERE: "T!A2:F2", "valueRanges.0.valueRange.values": [["new", "9"]]}),
    Fact(METADATA, "Deleting a row deletes its metadata without a word",
         (batch(anchor(0)), batch(DELETE_FIRST),
          post("/developerMetadata:search", {"dataFilters": [by_id(7)]})),
         {"matchedDeveloperMetadata": None}),
    Fact(METADATA, "A row's metadata shows in rowMetadata, with grid data only",
         (batch(anchor(1)), look("sheets.data.rowMetadata.developerMetadata.metadataKey")),
         {"sheets.0.data.0.rowMetadata.1.developerMetadata.0.metadataKey": "w"}),
    Fact(METADATA, "Without grid data a row's metadata is not seen",
         (batch(anchor(1)), look("sheets.developerMetadata")),
         {"sheets.0.developerMetadata": None}),
    Fact(METADATA, "A location of two rows is refused",
         (batch(metadata(7, "w", {"dimensionRange": rows(0, 2)})),),
         refused="DimensionRange must represent a single row or column"),
    Fact(METADATA, "A location without an end is refused",
         (batch(metadata(7, "w", {"dimensionRange": {
             "sheetId": 0, "dimension": "ROWS", "startIndex": 0}})),),
         refused="must specify both a startIndex and an endIndex"),
    Fact(METADATA, "The spreadsheet as a place to intersect is refused",
         (post("/developerMetadata:search", {"dataFilters": [{"developerMetadataLookup": {
             "metadataLocation": {"spreadsheet": True},
             "locationMatchingStrategy": "INTERSECTING_LOCATION"}}]}),),
         refused="INTERSECTING"),
    Fact(METADATA, "An empty look-up matches every anchor",
         (batch(anchor(0, 7), anchor(1, 8)),
          post("/developerMetadata:search", {"dataFilters": [{"developerMetadataLookup": {}}]})),
         {"matchedDeveloperMetadata.1.developerMetadata.metadataId": 8}),
    Fact(METADATA, "Two rows with one key are both written",
         (batch(anchor(0, 7), anchor(1, 8)),
          post("/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [
              {"dataFilter": by_key("w"), "majorDimension": "ROWS", "values": [["same"]]}]}),
          read("T!A1:A3")),
         {"values": [["same"], ["same"], ["c"]]}),
    Fact(ARCHITECTURE, "A write by filter passes over null",
         (batch(anchor(1)),
          post("/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [
              {"dataFilter": by_id(7), "majorDimension": "ROWS", "values": [[None, "x"]]}]})),
         {"totalUpdatedCells": 1, "responses.0.dataFilter": by_id(7)}),
    Fact(ARCHITECTURE, "A write by filter of more rows than it finds is refused",
         (batch(anchor(1)),
          post("/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [
              {"dataFilter": by_id(7), "values": [["x"], ["y"]]}]})),
         refused="but tried writing to row [3]"),
    Fact("our study of Sheets, §8.1: unverified, taken as 200 with nothing written",
         "A write by a filter that finds nothing writes nothing",
         (post("/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [
             {"dataFilter": by_id(99), "values": [["x"]]}]}),),
         {"totalUpdatedCells": None, "responses": None}),
    Fact(OPERATION_KEY, "A metadataId that exists is refused, in these words",
         (batch(metadata(7, "op", {"spreadsheet": True})),
          batch(metadata(7, "op", {"spreadsheet": True}))),
         refused="Invalid requests[0].createDeveloperMetadata: Cannot add developer metadata "
                 "with ID [7] because developer metadata with that ID already exists."),
)  # fmt: skip
