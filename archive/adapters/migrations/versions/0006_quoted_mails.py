"""Mails that exist only where others quote them

Revision ID: 0006
Revises: 0005
"""
import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('items', sa.Column('derived', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('thread_nodes', sa.Column('own_record', sa.String(length=20), nullable=True))
    op.create_table(
        'quotes',
        sa.Column('record_id', sa.String(length=20), nullable=False),
        sa.Column('ordinal', sa.Integer(), nullable=False),
        sa.Column('node', sa.String(length=64), nullable=False),
        sa.Column('state', sa.String(length=8), nullable=False),
        sa.Column('derived_id', sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint('record_id', 'ordinal', 'node', name=op.f('pk_quotes')))
    op.create_index(op.f('ix_quotes_state'), 'quotes', ['state'], unique=False)
    op.create_index('ix_quotes_node', 'quotes', ['node'], unique=False)


def downgrade() -> None:
    op.drop_table('quotes')
    op.drop_column('thread_nodes', 'own_record')
    op.drop_column('items', 'derived')
