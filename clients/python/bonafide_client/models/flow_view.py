from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.accepts_view import AcceptsView
    from ..models.asked_consent import AskedConsent
    from ..models.tier_view import TierView


T = TypeVar("T", bound="FlowView")


@_attrs_define
class FlowView:
    """What the pages stand on.

    Attributes:
        accepts (AcceptsView): Which documents are accepted.
        appeal_review_days (int): Business days in which an appeal is decided.
        colour (str): The operator's colour, `#rrggbb`.
        consents (list[AskedConsent]): What is asked for agreement, in its order.
        declaration (str): The version of the text by which one declares to act for oneself only.
        installation (str): `live` or `sandbox`.
        light_challenge (bool): Whether the live capture shows colours.
        minimum_age (int): Years of age that the person must have reached.
        operator (str): The operator's name; may be empty.
        referral (bool): Whether the account can still come by a campaign.
        review_days (int): Business days in which a person decides.
        tier (str): The tier that the case is for.
        tiers (list[TierView]): The tiers from the lowest to the highest.
        today (datetime.date): The calendar day, where the policy is.
        logo (None | str | Unset): Where the operator's logo lies.
    """

    accepts: AcceptsView
    appeal_review_days: int
    colour: str
    consents: list[AskedConsent]
    declaration: str
    installation: str
    light_challenge: bool
    minimum_age: int
    operator: str
    referral: bool
    review_days: int
    tier: str
    tiers: list[TierView]
    today: datetime.date
    logo: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        accepts = self.accepts.to_dict()

        appeal_review_days = self.appeal_review_days

        colour = self.colour

        consents = []
        for consents_item_data in self.consents:
            consents_item = consents_item_data.to_dict()
            consents.append(consents_item)

        declaration = self.declaration

        installation = self.installation

        light_challenge = self.light_challenge

        minimum_age = self.minimum_age

        operator = self.operator

        referral = self.referral

        review_days = self.review_days

        tier = self.tier

        tiers = []
        for tiers_item_data in self.tiers:
            tiers_item = tiers_item_data.to_dict()
            tiers.append(tiers_item)

        today = self.today.isoformat()

        logo: None | str | Unset
        if isinstance(self.logo, Unset):
            logo = UNSET
        else:
            logo = self.logo

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "accepts": accepts,
                "appeal_review_days": appeal_review_days,
                "colour": colour,
                "consents": consents,
                "declaration": declaration,
                "installation": installation,
                "light_challenge": light_challenge,
                "minimum_age": minimum_age,
                "operator": operator,
                "referral": referral,
                "review_days": review_days,
                "tier": tier,
                "tiers": tiers,
                "today": today,
            }
        )
        if logo is not UNSET:
            field_dict["logo"] = logo

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.accepts_view import AcceptsView
        from ..models.asked_consent import AskedConsent
        from ..models.tier_view import TierView

        d = dict(src_dict)
        accepts = AcceptsView.from_dict(d.pop("accepts"))

        appeal_review_days = d.pop("appeal_review_days")

        colour = d.pop("colour")

        consents = []
        _consents = d.pop("consents")
        for consents_item_data in _consents:
            consents_item = AskedConsent.from_dict(consents_item_data)

            consents.append(consents_item)

        declaration = d.pop("declaration")

        installation = d.pop("installation")

        light_challenge = d.pop("light_challenge")

        minimum_age = d.pop("minimum_age")

        operator = d.pop("operator")

        referral = d.pop("referral")

        review_days = d.pop("review_days")

        tier = d.pop("tier")

        tiers = []
        _tiers = d.pop("tiers")
        for tiers_item_data in _tiers:
            tiers_item = TierView.from_dict(tiers_item_data)

            tiers.append(tiers_item)

        today = datetime.date.fromisoformat(d.pop("today"))

        def _parse_logo(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        logo = _parse_logo(d.pop("logo", UNSET))

        flow_view = cls(
            accepts=accepts,
            appeal_review_days=appeal_review_days,
            colour=colour,
            consents=consents,
            declaration=declaration,
            installation=installation,
            light_challenge=light_challenge,
            minimum_age=minimum_age,
            operator=operator,
            referral=referral,
            review_days=review_days,
            tier=tier,
            tiers=tiers,
            today=today,
            logo=logo,
        )

        flow_view.additional_properties = d
        return flow_view

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
