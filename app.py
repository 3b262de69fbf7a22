"""The pages and their order; nothing else."""

import streamlit as st

st.set_page_config(page_title="กองทุน", page_icon="🏘️", layout="wide")
st.navigation(
    {
        "ภาพรวม": [
            st.Page(
                "pages/overview/province.py",
                title="ภาพรวมจังหวัด",
                icon=":material/grid_view:",
                default=True,
            )
        ]
    }
).run()
