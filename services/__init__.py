"""One straight line from people's sheets to trusted figures.

store.read -> normalise -> compute -> checks -> present, held together by `pipeline`.
No Streamlit below this line; a module may only import what stands further down it.
"""
