"""A claim that follows another names it: the next insurer is asked after the first."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("revenue_claim", sa.Column("follows", sa.String(20), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("revenue_claim", "follows")
