"""Facts only: registers, yearly programmes, districts and the sentences people read."""
