"""The first schema

Revision ID: 0001
Revises: 
"""
import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('api_keys',
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('secret_sha256', sa.String(length=64), nullable=False),
    sa.Column('viewer_body', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.String(length=40), nullable=False),
    sa.Column('expires_at', sa.String(length=40), nullable=False),
    sa.Column('revoked_at', sa.String(length=40), nullable=True),
    sa.PrimaryKeyConstraint('key_id', name=op.f('pk_api_keys')),
    sa.UniqueConstraint('secret_sha256', name=op.f('uq_api_keys_secret_sha256'))
    )
    op.create_table('clients',
    sa.Column('client_id', sa.String(length=200), nullable=False),
    sa.Column('legal_name', sa.Text(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('client_id', name=op.f('pk_clients'))
    )
    op.create_table('custody',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sa.String(length=40), nullable=False),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_custody'))
    )
    op.create_index(op.f('ix_custody_subject'), 'custody', ['subject'], unique=False)
    op.create_table('facts',
    sa.Column('fact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('confidence', sa.Float(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('fact_id', name=op.f('pk_facts'))
    )
    op.create_index(op.f('ix_facts_name'), 'facts', ['name'], unique=False)
    op.create_index(op.f('ix_facts_record_id'), 'facts', ['record_id'], unique=False)
    op.create_table('heads',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heads'))
    )
    op.create_table('index_versions',
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('watermark', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_index_versions'))
    )
    op.create_table('items',
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('arrival', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size_bytes', sa.BigInteger(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('canonical', sa.Text(), nullable=False),
    sa.Column('inner', sa.Text(), nullable=True),
    sa.Column('root_id', sa.String(length=20), nullable=False),
    sa.Column('parent_id', sa.String(length=20), nullable=True),
    sa.Column('family_id', sa.String(length=20), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('custodian', sa.Text(), nullable=False),
    sa.Column('client_given', sa.Text(), nullable=False),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('position', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('declared_mime', sa.Text(), nullable=False),
    sa.Column('modified_at', sa.Text(), nullable=False),
    sa.Column('met_at', sa.String(length=40), nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('container', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('claimed_by', sa.Text(), nullable=True),
    sa.Column('claimed_until', sa.String(length=40), nullable=True),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_items')),
    sa.UniqueConstraint('arrival', name=op.f('uq_items_arrival'))
    )
    op.create_index(op.f('ix_items_digest'), 'items', ['digest'], unique=False)
    op.create_index(op.f('ix_items_parent_id'), 'items', ['parent_id'], unique=False)
    op.create_index(op.f('ix_items_root_id'), 'items', ['root_id'], unique=False)
    op.create_index('ix_items_state_arrival', 'items', ['state', 'arrival'], unique=False)
    op.create_table('met',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('result', sa.String(length=16), nullable=False),
    sa.PrimaryKeyConstraint('run_id', 'record_id', name=op.f('pk_met'))
    )
    op.create_table('outcomes',
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('step', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=8), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.String(length=40), nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('record_id', 'step', name=op.f('pk_outcomes'))
    )
    op.create_table('places',
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('met_at', sa.String(length=40), nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('record_id', 'path', name=op.f('pk_places'))
    )
    op.create_table('readings',
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('format', sa.String(length=32), nullable=False),
    sa.Column('format_basis', sa.String(length=16), nullable=False),
    sa.Column('mime', sa.Text(), nullable=False),
    sa.Column('text_digest', sa.String(length=64), nullable=False),
    sa.Column('extracted_body', sa.LargeBinary(), nullable=False),
    sa.Column('enriched_body', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_readings'))
    )
    op.create_table('record_clients',
    sa.Column('client_id', sa.String(length=200), nullable=False),
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('client_id', 'record_id', name=op.f('pk_record_clients'))
    )
    op.create_index('ix_record_clients_record_id', 'record_clients', ['record_id'], unique=False)
    op.create_table('records',
    sa.Column('record_id', sa.String(length=20), nullable=False),
    sa.Column('changed_seq', sa.BigInteger(), nullable=False),
    sa.Column('family_id', sa.String(length=20), nullable=False),
    sa.Column('thread_id', sa.String(length=40), nullable=True),
    sa.Column('copy_key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record_types', sa.Text(), nullable=False),
    sa.Column('date', sa.String(length=10), nullable=True),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('family_audience', sa.Text(), nullable=False),
    sa.Column('privileged', sa.Boolean(), nullable=False),
    sa.Column('path', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('position', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('text_digest', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('own_body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_records')),
    sa.UniqueConstraint('changed_seq', name=op.f('uq_records_changed_seq'))
    )
    op.create_index(op.f('ix_records_audience'), 'records', ['audience'], unique=False)
    op.create_index('ix_records_copies', 'records', ['copy_key', 'path', 'position'], unique=False)
    op.create_index(op.f('ix_records_family_id'), 'records', ['family_id'], unique=False)
    op.create_index(op.f('ix_records_thread_id'), 'records', ['thread_id'], unique=False)
    op.create_table('runs',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('custodian', sa.Text(), nullable=False),
    sa.Column('client_given', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('paths', sa.Text(), nullable=False),
    sa.Column('started_at', sa.String(length=40), nullable=False),
    sa.Column('ended_at', sa.String(length=40), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('met', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_runs'))
    )
    op.create_table('texts',
    sa.Column('text_digest', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('text_digest', name=op.f('pk_texts'))
    )
    op.create_table('thread_nodes',
    sa.Column('message_id', sa.String(length=64), nullable=False),
    sa.Column('thread_id', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_thread_nodes'))
    )
    op.create_index(op.f('ix_thread_nodes_thread_id'), 'thread_nodes', ['thread_id'], unique=False)
    op.create_table('troubles',
    sa.Column('trouble_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('root_id', sa.String(length=20), nullable=True),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('inner', sa.Text(), nullable=True),
    sa.Column('result', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('trouble_id', name=op.f('pk_troubles'))
    )
    op.create_index(op.f('ix_troubles_root_id'), 'troubles', ['root_id'], unique=False)
    op.create_index(op.f('ix_troubles_run_id'), 'troubles', ['run_id'], unique=False)
    op.execute("INSERT INTO heads (name, value) VALUES ('writer', ''), ('change_seq', '0'), ('arrival', '0'), ('custody_seq', '0'), "
               "('custody_digest', '" + "0" * 64 + "')")
    # The custody log is append-only. This stops accidents; the chain and its copies in the bucket answer for the rest.
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER custody_no_{verb.lower()} BEFORE {verb} ON custody BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END")
    else:
        op.execute("CREATE FUNCTION custody_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                   "$$ BEGIN RAISE EXCEPTION 'custody is append-only'; END $$")
        op.execute("CREATE TRIGGER custody_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON custody "
                   "FOR EACH STATEMENT EXECUTE FUNCTION custody_append_only()")


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first schema.")
