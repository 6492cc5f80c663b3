"""Saved searches, tags and notes, one's own searches, entries that the index refused

Revision ID: 0005
Revises: 0004
"""
import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'changes_of_work',
        sa.Column('change_id', sa.String(length=16), nullable=False),
        sa.Column('actor', sa.Text(), nullable=False),
        sa.Column('at', sa.String(length=40), nullable=False),
        sa.Column('what', sa.String(length=16), nullable=False),
        sa.Column('subject', sa.Text(), nullable=False),
        sa.Column('before', sa.Text(), nullable=False),
        sa.Column('undone_at', sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint('change_id', name=op.f('pk_changes_of_work')))
    op.create_index(op.f('ix_changes_of_work_actor'), 'changes_of_work', ['actor'], unique=False)
    op.create_table(
        'labels',
        sa.Column('label_id', SERIAL, autoincrement=True, nullable=False),
        sa.Column('record_id', sa.String(length=20), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.Column('actor', sa.Text(), nullable=False),
        sa.Column('at', sa.String(length=40), nullable=False),
        sa.Column('change_id', sa.String(length=16), nullable=False),
        sa.Column('removed_by', sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint('label_id', name=op.f('pk_labels')))
    for column in ('record_id', 'name', 'change_id', 'removed_by'):
        op.create_index(op.f(f'ix_labels_{column}'), 'labels', [column], unique=False)
    op.create_table(
        'saved_searches',
        sa.Column('saved_id', sa.String(length=16), nullable=False),
        sa.Column('owner', sa.Text(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('shared', sa.Boolean(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('created_at', sa.String(length=40), nullable=False),
        sa.Column('changed_at', sa.String(length=40), nullable=False),
        sa.Column('removed_at', sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint('saved_id', name=op.f('pk_saved_searches')))
    op.create_index(op.f('ix_saved_searches_owner'), 'saved_searches', ['owner'], unique=False)
    op.create_table(
        'saved_checks',
        sa.Column('saved_id', sa.String(length=16), nullable=False),
        sa.Column('actor', sa.String(length=200), nullable=False),
        sa.Column('checked_at', sa.String(length=40), nullable=False),
        sa.Column('seen', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('saved_id', 'actor', name=op.f('pk_saved_checks')))
    op.create_table(
        'asked',
        sa.Column('asked_id', SERIAL, autoincrement=True, nullable=False),
        sa.Column('actor', sa.Text(), nullable=False),
        sa.Column('at', sa.String(length=40), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('total', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('asked_id', name=op.f('pk_asked')))
    op.create_index(op.f('ix_asked_actor'), 'asked', ['actor'], unique=False)
    op.create_table(
        'index_refusals',
        sa.Column('version', sa.String(length=64), nullable=False),
        sa.Column('record_id', sa.String(length=20), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('at', sa.String(length=40), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('version', 'record_id', name=op.f('pk_index_refusals')))
    op.add_column('index_versions', sa.Column('state', sa.String(length=12), nullable=True))


def downgrade() -> None:
    op.drop_column('index_versions', 'state')
    for table in ('index_refusals', 'asked', 'saved_checks', 'saved_searches', 'labels', 'changes_of_work'):
        op.drop_table(table)
