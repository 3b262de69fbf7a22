"""The bench of the pages, where it needs no clock: what a viewer counts, asks and refuses."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.metric import Metric, Results, percentile
from bench.viewer import PageFailedError, asked, seen


def test_half_of_the_viewers_waited_no_longer_than_the_median_and_all_no_longer_than_the_last() -> (
    None
):
    waits = [0.4, 0.1, 0.3, 0.2]
    assert [percentile(waits, share) for share in (0, 0.5, 0.75, 0.76, 1)] == [
        0.1,
        0.2,
        0.3,
        0.4,
        0.4,
    ]


def test_a_run_is_counted_and_tells_the_pages_and_the_drop_downs() -> None:
    navigation, drop_down = ForwardMsg(), ForwardMsg()
    for name, external in (("", None), ("quality", None), ("manual", "https://example.org")):
        page = navigation.navigation.app_pages.add()
        page.url_pathname, page.page_script_hash = name, f"hash of {name}"
        if external:
            page.external_url = external
    drop_down.delta.new_element.selectbox.id = "year"
    drop_down.delta.new_element.selectbox.options.extend(["2565", "2560"])
    sent = [message.SerializeToString() for message in (navigation, drop_down)]

    found = seen(sent, seconds=0.5)

    assert (found.messages, found.size, found.seconds) == (2, sum(map(len, sent)), 0.5)
    assert found.pages == {"": "hash of ", "quality": "hash of quality"}
    assert found.choices == {"year": ("2565", "2560")}


def test_a_page_that_shows_an_exception_is_not_measured_and_its_text_not_told() -> None:
    inside, unreadable = ForwardMsg(), ForwardMsg()
    inside.delta.new_element.exception.type = "KeyError"
    inside.delta.new_element.exception.message = "สมมติ ใจดี"
    unreadable.session_event.script_compilation_exception.type = "SyntaxError"
    for message, kind in ((inside, "KeyError"), (unreadable, "SyntaxError")):
        with pytest.raises(PageFailedError, match=f"^{kind}$"):
            seen([message.SerializeToString()])


def test_a_viewer_asks_for_a_page_with_what_was_chosen() -> None:
    message = BackMsg.FromString(asked("hash", {"year": "2560"}))
    (state,) = message.rerun_script.widget_states.widgets
    assert message.rerun_script.page_script_hash == "hash"
    assert (state.id, state.string_value) == ("year", "2560")


def test_one_missed_target_is_a_missed_run_and_a_stated_figure_never_misses() -> None:
    line = Results((Metric("line", (3.0, 5.0, 4.0), target=4.0),), {"rows": 9})
    crowd = Results((Metric("wait", (60.0,)),), {"pages": 5})
    assert (line + crowd).met
    assert (line + crowd).counts == {"rows": 9, "pages": 5}
    assert not (crowd + Results((Metric("page", (0.9, 1.1, 1.2), target=1.0),))).met
