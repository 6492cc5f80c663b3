"""Items are found by the start of their place

Revision ID: 0002
Revises: 0001
"""
import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('items', sa.Column('place_start', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True))
    op.execute('UPDATE items SET place_start = substr(canonical, 1, 300) WHERE "inner" IS NULL')
    op.create_index(op.f('ix_items_place_start'), 'items', ['place_start'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_items_place_start'), 'items')
    op.drop_column('items', 'place_start')
