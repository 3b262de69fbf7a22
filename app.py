"""The pages and their order; nothing else."""

import streamlit as st

from pages._ui.language import choose_language, word

st.set_page_config(page_title="กองทุน", page_icon="static/icon.png", layout="wide")
choose_language()


def _page(script: str, icon: str, *, default: bool = False) -> st.Page:
    """A page's address is its script's name, and so is the key of its title."""
    title = word(f"{script.rpartition('/')[2]}.title")
    return st.Page(f"pages/{script}.py", title=title, icon=f":material/{icon}:", default=default)


st.navigation(
    {
        word("menu.overview"): [
            _page("overview/province", "grid_view", default=True),
            _page("progress/centres", "stairs"),
            _page("indicators/indicators", "target"),
        ],
        word("menu.work"): [
            _page("debts/debtors", "payments"),
            _page("ranking/villages", "leaderboard"),
        ],
        word("menu.data"): [
            _page("registers/registers", "table"),
            _page("registers/conflicts", "call_split"),
            _page("registers/history", "history"),
            _page("registers/offline", "cloud_off"),
            _page("quality/findings", "rule"),
        ],
        word("menu.papers"): [_page("reports/papers", "description")],
        word("menu.system"): [_page("settings/doctor", "settings")],
    }
).run()
