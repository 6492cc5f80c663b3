"""Near duplicates: the bands of fingerprints, and which record is near which

Revision ID: 0004
Revises: 0003
"""
import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'near_bands',
        sa.Column('band', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('record_id', sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint('band', 'record_id', name=op.f('pk_near_bands')))
    op.create_index('ix_near_bands_record_id', 'near_bands', ['record_id'], unique=False)
    op.add_column('records', sa.Column('near_duplicate_of', sa.String(length=20), nullable=True))
    op.create_index('ix_records_near', 'records', ['near_duplicate_of'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_records_near', 'records')
    op.drop_column('records', 'near_duplicate_of')
    op.drop_table('near_bands')
