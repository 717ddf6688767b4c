from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.case_step_state import CaseStepState


T = TypeVar("T", bound="CaseStep")


@_attrs_define
class CaseStep:
    """One step of a case.

    Attributes:
        need (str): `details`, `document`, `held`, `face`, `liveness`, `address` or `video`.
        places (list[str]): The uploads that it takes, as their addresses call them; none for what is typed.
        state (CaseStepState): Whether a step is done.
    """

    need: str
    places: list[str]
    state: CaseStepState
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        need = self.need

        places = self.places

        state = self.state.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "need": need,
                "places": places,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.case_step_state import CaseStepState

        d = dict(src_dict)
        need = d.pop("need")

        places = cast(list[str], d.pop("places"))

        state = CaseStepState.from_dict(d.pop("state"))

        case_step = cls(
            need=need,
            places=places,
            state=state,
        )

        case_step.additional_properties = d
        return case_step

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
