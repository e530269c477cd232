"""The one route every draft takes: order, draft, guardrails, review, sign or reject."""

from wardround.rounds.consents import ConsentRule, Consents
from wardround.rounds.context import ChartContext
from wardround.rounds.following import Follows, Next, NothingFollows, following_id
from wardround.rounds.ordering import Rules
from wardround.rounds.orders import OrderState, State, owners_of_inputs
from wardround.rounds.recordings import Recordings
from wardround.rounds.reviewing import Signed
from wardround.rounds.service import Rounds
from wardround.rounds.switches import Switches
from wardround.rounds.unsigned import Unsigned

__all__ = [
    "ChartContext",
    "ConsentRule",
    "Consents",
    "Follows",
    "Next",
    "NothingFollows",
    "OrderState",
    "Recordings",
    "Rounds",
    "Rules",
    "Signed",
    "State",
    "Switches",
    "Unsigned",
    "following_id",
    "owners_of_inputs",
]
