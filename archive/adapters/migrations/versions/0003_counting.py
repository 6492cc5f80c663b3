"""A trouble knows the item that it lies in, a record its primary, and a result is found by its item

Revision ID: 0003
Revises: 0002
"""
import msgspec
import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

PAGE = 1000


def upgrade() -> None:
    op.add_column('troubles', sa.Column('parent_id', sa.String(length=20), nullable=True))
    # What it lay in was not kept before: the file that holds both is the nearest that is known.
    op.execute('UPDATE troubles SET parent_id = root_id')
    op.create_index(op.f('ix_troubles_parent_id'), 'troubles', ['parent_id'], unique=False)
    op.create_index(op.f('ix_met_record_id'), 'met', ['record_id'], unique=False)
    op.add_column('records', sa.Column('duplicate_of', sa.String(length=20), nullable=True))
    _fill_duplicates()


def _fill_duplicates() -> None:
    connection = op.get_bind()
    records = sa.table('records', sa.column('record_id', sa.String), sa.column('body', sa.LargeBinary), sa.column('duplicate_of', sa.String))
    after = ''
    while rows := connection.execute(
            sa.select(records.c.record_id, records.c.body).where(records.c.record_id > after).order_by(records.c.record_id).limit(PAGE)).all():
        after = rows[-1].record_id
        primary = {row.record_id: msgspec.msgpack.decode(row.body).get('duplicate_of') for row in rows}
        for record_id, duplicate_of in primary.items():
            if duplicate_of:
                connection.execute(sa.update(records).where(records.c.record_id == record_id).values(duplicate_of=duplicate_of))


def downgrade() -> None:
    op.drop_column('records', 'duplicate_of')
    op.drop_index(op.f('ix_met_record_id'), 'met')
    op.drop_index(op.f('ix_troubles_parent_id'), 'troubles')
    op.drop_column('troubles', 'parent_id')
