from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.challenge_light import ChallengeLight
    from ..models.challenge_step import ChallengeStep


T = TypeVar("T", bound="ChallengeView")


@_attrs_define
class ChallengeView:
    """What to do in the live capture.

    Attributes:
        again (list[str]): Of these, what the capture before missed, with nothing else wrong: then only that is asked
            for,
            with a new movement. None in a whole challenge.
        expires_at (str): Until when the answer may be announced or uploaded, RFC 3339.
        lasts_ms (float): How long the capture has to be, milliseconds.
        light (list[ChallengeLight]): The colours to fill the screen with meanwhile, each with its time; none where none
            are
            asked for.
        nonce (str): What the running digest of the frames begins with: 32 bytes, hexadecimal.
        steps (list[ChallengeStep]): The movements in their order, each with its window in milliseconds from the start.
    """

    again: list[str]
    expires_at: str
    lasts_ms: float
    light: list[ChallengeLight]
    nonce: str
    steps: list[ChallengeStep]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        again = self.again

        expires_at = self.expires_at

        lasts_ms = self.lasts_ms

        light = []
        for light_item_data in self.light:
            light_item = light_item_data.to_dict()
            light.append(light_item)

        nonce = self.nonce

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "again": again,
                "expires_at": expires_at,
                "lasts_ms": lasts_ms,
                "light": light,
                "nonce": nonce,
                "steps": steps,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.challenge_light import ChallengeLight
        from ..models.challenge_step import ChallengeStep

        d = dict(src_dict)
        again = cast(list[str], d.pop("again"))

        expires_at = d.pop("expires_at")

        lasts_ms = d.pop("lasts_ms")

        light = []
        _light = d.pop("light")
        for light_item_data in _light:
            light_item = ChallengeLight.from_dict(light_item_data)

            light.append(light_item)

        nonce = d.pop("nonce")

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = ChallengeStep.from_dict(steps_item_data)

            steps.append(steps_item)

        challenge_view = cls(
            again=again,
            expires_at=expires_at,
            lasts_ms=lasts_ms,
            light=light,
            nonce=nonce,
            steps=steps,
        )

        challenge_view.additional_properties = d
        return challenge_view

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
