"""Setting up an office's Google spreadsheets: looking at one, laying the registers out in it."""
