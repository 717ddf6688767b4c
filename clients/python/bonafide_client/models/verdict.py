from enum import StrEnum


class Verdict(StrEnum):
    AGAIN = "again"
    APPROVE = "approve"
    DECLINE = "decline"

    def __str__(self) -> str:
        return str(self.value)
