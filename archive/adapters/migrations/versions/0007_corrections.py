"""Corrections, and the acts of people as they are stated in the object store

What people had done before is stated as one act, `state`, with the rows as they stand.

Revision ID: 0007
Revises: 0006
"""
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

WORK = {
    'changes_of_work': ('change_id', 'actor', 'at', 'what', 'subject', 'before', 'undone_at'),
    'labels': ('record_id', 'kind', 'name', 'value', 'actor', 'at', 'change_id', 'removed_by'),
    'saved_searches': ('saved_id', 'owner', 'name', 'shared', 'body', 'created_at', 'changed_at', 'removed_at'),
}


def upgrade() -> None:
    op.create_table(
        'acts',
        sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('act_id', sa.String(length=16), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('stored_at', sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint('seq', name=op.f('pk_acts')))
    op.create_index(op.f('ix_acts_stored_at'), 'acts', ['stored_at'], unique=False)
    op.create_table(
        'corrections',
        sa.Column('correction_id', sa.String(length=16), nullable=False),
        sa.Column('seq', sa.BigInteger(), nullable=False),
        sa.Column('record_id', sa.String(length=20), nullable=False),
        sa.Column('about', sa.String(length=16), nullable=False),
        sa.Column('withdrawn_at', sa.String(length=40), nullable=True),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('correction_id', name=op.f('pk_corrections')))
    op.create_index(op.f('ix_corrections_record_id'), 'corrections', ['record_id'], unique=False)
    op.add_column('readings', sa.Column('said_key', sa.String(length=16), nullable=True))
    op.add_column('readings', sa.Column('said_body', sa.LargeBinary(), nullable=True))
    op.add_column('records', sa.Column('doubt', sa.String(length=8), nullable=True))
    op.create_index(op.f('ix_records_doubt'), 'records', ['doubt'], unique=False)
    _state_what_was_done()


def _state_what_was_done() -> None:
    connection = op.get_bind()
    state = {table: [list(row) for row in connection.execute(sa.text(f"SELECT {', '.join(columns)} FROM {table}"))] for table, columns in WORK.items()}
    done = int(any(state.values()))
    connection.execute(sa.text("INSERT INTO heads (name, value) VALUES ('work_seq', :done)"), {'done': str(done)})
    if done:
        for row in state['saved_searches']:
            row[3] = bool(row[3])
        at = datetime.now(UTC).isoformat(timespec='milliseconds').replace('+00:00', 'Z')
        body = json.dumps({'what': 'state', 'actor': 'local', 'at': at, 'columns': WORK, 'rows': state}, sort_keys=True)
        connection.execute(sa.text("INSERT INTO acts (seq, act_id, body) VALUES (1, 'state', :body)"), {'body': body})


def downgrade() -> None:
    op.execute("DELETE FROM heads WHERE name = 'work_seq'")
    op.drop_index(op.f('ix_records_doubt'), table_name='records')
    op.drop_column('records', 'doubt')
    op.drop_column('readings', 'said_body')
    op.drop_column('readings', 'said_key')
    op.drop_table('corrections')
    op.drop_table('acts')
