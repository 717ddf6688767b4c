from enum import StrEnum


class ChallengePart(StrEnum):
    LIGHT = "light"
    MOVEMENTS = "movements"

    def __str__(self) -> str:
        return str(self.value)
