"""Dice that fall the same way every time."""

from random import Random


class Dice(Random):
    """Random numbers for one subject: the same subject always gets the same ones."""

    def happens(self, percent: float) -> bool:
        """Whether something of that likelihood happens this time."""
        return self.random() * 100 < percent
