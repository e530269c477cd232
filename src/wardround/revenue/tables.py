"""The tables of the ledger; what tells of a patient is sealed, amounts are whole cents.

In clear is what lists and sums are made of: control numbers, states, payers' ids, amounts, days.
A claim is sealed for its patient; the files that went out and what payers answered are books of
the clinic, which outlive a chart, and are sealed for the register (42 CFR 424.516(f): seven years
from the day of service).
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from wardround.database import metadata
from wardround.security import Sealed


def claim_place(claim: str) -> str:
    """Return what the body of a claim is sealed for."""
    return f"revenue_claim/{claim}"


def event_place(claim: str, serial: int) -> str:
    """Return what the words of an event are sealed for."""
    return f"revenue_event/{claim}/{serial}"


def batch_place(number: int) -> str:
    """Return what the file of a batch is sealed for."""
    return f"revenue_batch/{number}"


def answer_place(answer: str) -> str:
    """Return what a payer's answer is sealed for."""
    return f"revenue_answer/{answer}"


def held_place(payment: str, serial: int) -> str:
    """Return what a payment of an unknown claim is sealed for."""
    return f"revenue_held/{payment}/{serial}"


claims = Table(
    "revenue_claim",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("subject", String(160), nullable=False),
    Column("draft", String(64)),
    Column("kind", String(16), nullable=False),
    Column("frequency", String(1), nullable=False),
    Column("replaces", String(20)),
    Column("payer", String(80), nullable=False),
    Column("payer_control", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("charge", BigInteger, nullable=False),
    Column("serviced", Date),
    Column("entered", DateTime(timezone=True), nullable=False),
    Column("moved", DateTime(timezone=True), nullable=False),
    Column(
        "body",
        LargeBinary,
        nullable=False,
        info=Sealed(
            lambda row: claim_place(row.id),
            lambda _, row: str(row.subject),
            emptied={"body": b""},
        ).info,
    ),
    Column("follows", String(20)),
    Index("ix_revenue_claim_state", "state", "moved"),
    Index("ix_revenue_claim_draft", "draft"),
    Index("ix_revenue_claim_subject", "subject"),
)

events = Table(
    "revenue_event",
    metadata,
    Column("claim", String(20), ForeignKey("revenue_claim.id"), primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column("change", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("about", String(64), nullable=False),
    Column(
        "words",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: event_place(row.claim, row.serial), emptied={"words": b""}).info,
    ),
)
"""What happened to a claim; rows are added, and never changed."""

entries = Table(
    "revenue_entry",
    metadata,
    Column("journal", String(36), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(64), nullable=False),
    Column("why", String(32), nullable=False),
    Column("claim", String(20), ForeignKey("revenue_claim.id")),
    Column("account", String(16), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("grouped", String(2), nullable=False),
    Column("reason", String(8), nullable=False),
    Column("service", Integer),
    Column("payment", String(36)),
    Index("ix_revenue_entry_claim", "claim"),
    Index("ix_revenue_entry_payment", "payment"),
)
"""The books: each journal adds up to nothing; debit is positive. Rows are never changed."""

sequences = Table(
    "revenue_sequence",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The control numbers given last."""

batches = Table(
    "revenue_batch",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("group_control", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("charge", BigInteger, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("sent", DateTime(timezone=True)),
    Column("sent_by", String(64)),
    Column("digest", String(64), nullable=False),
    Column(
        "file",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: batch_place(row.number)).info,
    ),
    UniqueConstraint("group_control"),
)

batched = Table(
    "revenue_batched",
    metadata,
    Column("batch", Integer, ForeignKey("revenue_batch.number"), primary_key=True),
    Column("claim", String(20), ForeignKey("revenue_claim.id"), primary_key=True),
    Column("set_control", String(9), nullable=False),
    Index("ix_revenue_batched_claim", "claim"),
)
"""Which claim went out in which batch, in which transaction set."""

answers = Table(
    "revenue_answer",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("batch", Integer, ForeignKey("revenue_batch.number")),
    Column("answer", String(32), nullable=False),
    Column("read", DateTime(timezone=True), nullable=False),
    Column("read_by", String(64), nullable=False),
    Column(
        "body",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: answer_place(row.id)).info,
    ),
    UniqueConstraint("digest"),
)
"""The 999 and 277CA that were read; each once."""

payments = Table(
    "revenue_payment",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("payer", String(80), nullable=False),
    Column("trace", String(64), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("method", String(8), nullable=False),
    Column("paid_on", Date),
    Column("posted", DateTime(timezone=True), nullable=False),
    Column("posted_by", String(64), nullable=False),
    Column(
        "body",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: answer_place(row.id)).info,
    ),
    UniqueConstraint("payer", "trace"),
)
"""The remittances that were posted, each once: a payer gives a trace number to one payment."""

held = Table(
    "revenue_held",
    metadata,
    Column("payment", String(36), ForeignKey("revenue_payment.id"), primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("cents", BigInteger, nullable=False),
    Column("claim", String(20), ForeignKey("revenue_claim.id")),
    Column("applied", DateTime(timezone=True)),
    Column(
        "body",
        LargeBinary,
        nullable=False,
        info=Sealed(lambda row: held_place(row.payment, row.serial)).info,
    ),
)
"""What a payer decided of a claim that we do not know by its number: posted as unapplied."""

work = Table(
    "revenue_work",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("claim", String(20), ForeignKey("revenue_claim.id"), nullable=False),
    Column("payment", String(36), ForeignKey("revenue_payment.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("service", Integer),
    Column("procedure", String(48), nullable=False),
    Column("grouped", String(2), nullable=False),
    Column("reason", String(8), nullable=False),
    Column("remarks", String(200), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("opened", DateTime(timezone=True), nullable=False),
    Column("due", Date, nullable=False),
    Column("assigned", String(64)),
    Column("done", DateTime(timezone=True)),
    Column("done_by", String(64)),
    Column("deed", String(16), nullable=False),
    Index("ix_revenue_work_claim", "claim"),
    Index("ix_revenue_work_open", "done", "due"),
)
"""What a remittance leaves for a person to do: denials, underpayments, a second insurer."""
