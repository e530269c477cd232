"""The ledger of claims: batches, what payers answer and pay, denials, and the books to the cent."""

from wardround.revenue.adjudged import REVERSAL, services_of
from wardround.revenue.answers import Answered, Answers, Outcome
from wardround.revenue.batches import Batch, Batches, Scrubs, Trade
from wardround.revenue.books import Books
from wardround.revenue.correcting import corrected, fresh_number, next_number
from wardround.revenue.deeds import Deeds
from wardround.revenue.entering import enter_signed
from wardround.revenue.fees import Fees, no_fees
from wardround.revenue.held import Held, Holding, Return
from wardround.revenue.history import History
from wardround.revenue.incoming import Incoming, read_incoming
from wardround.revenue.ledger import Ledger
from wardround.revenue.listing import Listing, Wanted
from wardround.revenue.model import Account, Balance, Entry, Happened, Kept, Listed
from wardround.revenue.passing import pass_on
from wardround.revenue.plan import Plan, Planned
from wardround.revenue.posting import Payment, Postings
from wardround.revenue.reasons import Mend, Reason, group_says, mend_of, reason_of, remark_says
from wardround.revenue.state import WITH_PAYER, ClaimState
from wardround.revenue.variances import Variance, VarianceKind
from wardround.revenue.work import Deed, WorkItem, WorkKind
from wardround.revenue.worklist import WorkList

__all__ = [
    "REVERSAL",
    "WITH_PAYER",
    "Account",
    "Answered",
    "Answers",
    "Balance",
    "Batch",
    "Batches",
    "Books",
    "ClaimState",
    "Deed",
    "Deeds",
    "Entry",
    "Fees",
    "Happened",
    "Held",
    "History",
    "Holding",
    "Incoming",
    "Kept",
    "Ledger",
    "Listed",
    "Listing",
    "Mend",
    "Outcome",
    "Payment",
    "Plan",
    "Planned",
    "Postings",
    "Reason",
    "Return",
    "Scrubs",
    "Trade",
    "Variance",
    "VarianceKind",
    "Wanted",
    "WorkItem",
    "WorkKind",
    "WorkList",
    "corrected",
    "enter_signed",
    "fresh_number",
    "group_says",
    "mend_of",
    "next_number",
    "no_fees",
    "pass_on",
    "read_incoming",
    "reason_of",
    "remark_says",
    "services_of",
]
