"""How often an order was begun and never ended: an order that kills its process is known by it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column(
        "round_order", sa.Column("begun", sa.Integer(), server_default="0", nullable=False)
    )
