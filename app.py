"""The pages and their order; nothing else."""

import streamlit as st

from pages._ui.language import choose_language, word

st.set_page_config(page_title="กองทุน", page_icon="static/icon.png", layout="wide")
choose_language()


def _page(script: str, name: str, icon: str, *, default: bool = False) -> st.Page:
    title, path = word(f"{name}.title"), None if default else name
    icon = f":material/{icon}:"
    return st.Page(f"pages/{script}.py", title=title, icon=icon, url_path=path, default=default)


st.navigation(
    {
        word("menu.overview"): [
            _page("overview/province", "overview", "grid_view", default=True),
            _page("progress/centres", "centres", "stairs"),
        ],
        word("menu.work"): [
            _page("debts/debtors", "debts", "payments"),
            _page("ranking/villages", "ranking", "leaderboard"),
        ],
        word("menu.data"): [
            _page("registers/read", "registers", "table"),
            _page("quality/findings", "quality", "rule"),
        ],
        word("menu.system"): [_page("settings/doctor", "settings", "settings")],
    }
).run()
