from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="DeliveryView")


@_attrs_define
class DeliveryView:
    """A delivery: one event to one web hook.

    Attributes:
        attempts (int): Attempts since it was made or replayed.
        created_at (str):
        event (str): The event, and the `webhook-id` of every attempt.
        kind (str): What happened.
        number (int): The number of the event.
        state (str): `waiting`, `claimed` (an attempt is under way), `delivered`, or `dead`: given up.
        answer (int | None | Unset): The HTTP status that the last attempt was answered with.
        attempted_at (None | str | Unset): When the last attempt ended.
        next_at (None | str | Unset): When the next attempt is due, RFC 3339.
        problem (None | str | Unset): The stable code of what was wrong with the last attempt.
    """

    attempts: int
    created_at: str
    event: str
    kind: str
    number: int
    state: str
    answer: int | None | Unset = UNSET
    attempted_at: None | str | Unset = UNSET
    next_at: None | str | Unset = UNSET
    problem: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attempts = self.attempts

        created_at = self.created_at

        event = self.event

        kind = self.kind

        number = self.number

        state = self.state

        answer: int | None | Unset
        if isinstance(self.answer, Unset):
            answer = UNSET
        else:
            answer = self.answer

        attempted_at: None | str | Unset
        if isinstance(self.attempted_at, Unset):
            attempted_at = UNSET
        else:
            attempted_at = self.attempted_at

        next_at: None | str | Unset
        if isinstance(self.next_at, Unset):
            next_at = UNSET
        else:
            next_at = self.next_at

        problem: None | str | Unset
        if isinstance(self.problem, Unset):
            problem = UNSET
        else:
            problem = self.problem

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attempts": attempts,
                "created_at": created_at,
                "event": event,
                "kind": kind,
                "number": number,
                "state": state,
            }
        )
        if answer is not UNSET:
            field_dict["answer"] = answer
        if attempted_at is not UNSET:
            field_dict["attempted_at"] = attempted_at
        if next_at is not UNSET:
            field_dict["next_at"] = next_at
        if problem is not UNSET:
            field_dict["problem"] = problem

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        attempts = d.pop("attempts")

        created_at = d.pop("created_at")

        event = d.pop("event")

        kind = d.pop("kind")

        number = d.pop("number")

        state = d.pop("state")

        def _parse_answer(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        answer = _parse_answer(d.pop("answer", UNSET))

        def _parse_attempted_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        attempted_at = _parse_attempted_at(d.pop("attempted_at", UNSET))

        def _parse_next_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        next_at = _parse_next_at(d.pop("next_at", UNSET))

        def _parse_problem(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        problem = _parse_problem(d.pop("problem", UNSET))

        delivery_view = cls(
            attempts=attempts,
            created_at=created_at,
            event=event,
            kind=kind,
            number=number,
            state=state,
            answer=answer,
            attempted_at=attempted_at,
            next_at=next_at,
            problem=problem,
        )

        delivery_view.additional_properties = d
        return delivery_view

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
