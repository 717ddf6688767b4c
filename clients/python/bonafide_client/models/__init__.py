"""Contains all the data models used in inputs/outputs"""

from .accepts_view import AcceptsView
from .account_change import AccountChange
from .account_view import AccountView
from .agreement import Agreement
from .answer import Answer
from .appeal_view import AppealView
from .asked_consent import AskedConsent
from .authorization import Authorization
from .because import Because
from .campaign_view import CampaignView
from .case_declined import CaseDeclined
from .case_step import CaseStep
from .case_step_state import CaseStepState
from .case_under_way import CaseUnderWay
from .challenge_light import ChallengeLight
from .challenge_part import ChallengePart
from .challenge_step import ChallengeStep
from .challenge_view import ChallengeView
from .claimed_case import ClaimedCase
from .code import Code
from .consent_view import ConsentView
from .dead_job_view import DeadJobView
from .dead_jobs import DeadJobs
from .decided_view import DecidedView
from .decision_estimate import DecisionEstimate
from .delivery_view import DeliveryView
from .details import Details
from .document import Document
from .entitlement import Entitlement
from .entitlement_facts import EntitlementFacts
from .entitlements_view import EntitlementsView
from .entries import Entries
from .entry import Entry
from .erasure_view import ErasureView
from .event_view import EventView
from .flow_view import FlowView
from .grant_view import GrantView
from .greeted import Greeted
from .ground import Ground
from .handoff_view import HandoffView
from .health import Health
from .hint_view import HintView
from .hold_view import HoldView
from .key_rotation import KeyRotation
from .key_view import KeyView
from .lapsed_tier import LapsedTier
from .limit import Limit
from .made_key import MadeKey
from .made_webhook import MadeWebhook
from .marker_view import MarkerView
from .message_view import MessageView
from .national_id import NationalId
from .native_name import NativeName
from .new_account import NewAccount
from .new_answer import NewAnswer
from .new_appeal import NewAppeal
from .new_campaign import NewCampaign
from .new_case import NewCase
from .new_challenge import NewChallenge
from .new_entries import NewEntries
from .new_hold import NewHold
from .new_key import NewKey
from .new_message import NewMessage
from .new_ruling import NewRuling
from .new_transfer import NewTransfer
from .new_webhook import NewWebhook
from .next_tier import NextTier
from .offer import Offer
from .opened_view import OpenedView
from .problem import Problem
from .queue import Queue
from .reason_view import ReasonView
from .referral_code import ReferralCode
from .referral_discount import ReferralDiscount
from .replay import Replay
from .replay_view import ReplayView
from .reservation_view import ReservationView
from .rotation import Rotation
from .spelling import Spelling
from .summary import Summary
from .swapped import Swapped
from .taken import Taken
from .tier_view import TierView
from .told_view import ToldView
from .transfer_view import TransferView
from .verdict import Verdict
from .waiting import Waiting
from .webhook_view import WebhookView
from .what_type_0 import WhatType0
from .what_type_1 import WhatType1
from .what_type_2 import WhatType2
from .what_type_3 import WhatType3
from .what_type_4 import WhatType4
from .whole import Whole
from .words import Words

__all__ = (
    "AcceptsView",
    "AccountChange",
    "AccountView",
    "Agreement",
    "Answer",
    "AppealView",
    "AskedConsent",
    "Authorization",
    "Because",
    "CampaignView",
    "CaseDeclined",
    "CaseStep",
    "CaseStepState",
    "CaseUnderWay",
    "ChallengeLight",
    "ChallengePart",
    "ChallengeStep",
    "ChallengeView",
    "ClaimedCase",
    "Code",
    "ConsentView",
    "DeadJobView",
    "DeadJobs",
    "DecidedView",
    "DecisionEstimate",
    "DeliveryView",
    "Details",
    "Document",
    "Entitlement",
    "EntitlementFacts",
    "EntitlementsView",
    "Entries",
    "Entry",
    "ErasureView",
    "EventView",
    "FlowView",
    "GrantView",
    "Greeted",
    "Ground",
    "HandoffView",
    "Health",
    "HintView",
    "HoldView",
    "KeyRotation",
    "KeyView",
    "LapsedTier",
    "Limit",
    "MadeKey",
    "MadeWebhook",
    "MarkerView",
    "MessageView",
    "NationalId",
    "NativeName",
    "NewAccount",
    "NewAnswer",
    "NewAppeal",
    "NewCampaign",
    "NewCase",
    "NewChallenge",
    "NewEntries",
    "NewHold",
    "NewKey",
    "NewMessage",
    "NewRuling",
    "NewTransfer",
    "NewWebhook",
    "NextTier",
    "Offer",
    "OpenedView",
    "Problem",
    "Queue",
    "ReasonView",
    "ReferralCode",
    "ReferralDiscount",
    "Replay",
    "ReplayView",
    "ReservationView",
    "Rotation",
    "Spelling",
    "Summary",
    "Swapped",
    "Taken",
    "TierView",
    "ToldView",
    "TransferView",
    "Verdict",
    "Waiting",
    "WebhookView",
    "WhatType0",
    "WhatType1",
    "WhatType2",
    "WhatType3",
    "WhatType4",
    "Whole",
    "Words",
)
