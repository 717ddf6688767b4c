from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.reservation_view import ReservationView
    from ..models.words import Words


T = TypeVar("T", bound="Answer")


@_attrs_define
class Answer:
    """Whether it may.

    Attributes:
        permitted (bool): Whether it may.
        code (None | str | Unset): Why not, as a stable code.
        reservation (None | ReservationView | Unset):
        words (None | Unset | Words):
    """

    permitted: bool
    code: None | str | Unset = UNSET
    reservation: None | ReservationView | Unset = UNSET
    words: None | Unset | Words = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reservation_view import ReservationView
        from ..models.words import Words

        permitted = self.permitted

        code: None | str | Unset
        if isinstance(self.code, Unset):
            code = UNSET
        else:
            code = self.code

        reservation: dict[str, Any] | None | Unset
        if isinstance(self.reservation, Unset):
            reservation = UNSET
        elif isinstance(self.reservation, ReservationView):
            reservation = self.reservation.to_dict()
        else:
            reservation = self.reservation

        words: dict[str, Any] | None | Unset
        if isinstance(self.words, Unset):
            words = UNSET
        elif isinstance(self.words, Words):
            words = self.words.to_dict()
        else:
            words = self.words

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "permitted": permitted,
            }
        )
        if code is not UNSET:
            field_dict["code"] = code
        if reservation is not UNSET:
            field_dict["reservation"] = reservation
        if words is not UNSET:
            field_dict["words"] = words

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reservation_view import ReservationView
        from ..models.words import Words

        d = dict(src_dict)
        permitted = d.pop("permitted")

        def _parse_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        code = _parse_code(d.pop("code", UNSET))

        def _parse_reservation(data: object) -> None | ReservationView | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                reservation_type_0 = ReservationView.from_dict(data)

                return reservation_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReservationView | Unset, data)

        reservation = _parse_reservation(d.pop("reservation", UNSET))

        def _parse_words(data: object) -> None | Unset | Words:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                words_type_0 = Words.from_dict(data)

                return words_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | Words, data)

        words = _parse_words(d.pop("words", UNSET))

        answer = cls(
            permitted=permitted,
            code=code,
            reservation=reservation,
            words=words,
        )

        answer.additional_properties = d
        return answer

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
