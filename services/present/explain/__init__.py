"""Why a figure stands: its rule in words, its coverage, and every cell it rests on."""
