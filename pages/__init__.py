"""Streamlit only. Page scripts stand one folder down (docs/decisions/002)."""
