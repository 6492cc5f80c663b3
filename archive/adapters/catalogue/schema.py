"""The tables of the catalogue. Migrations (archive/adapters/migrations) make them; a test holds the two together.

Text columns hold clean Unicode (no NUL, no lone surrogates).  `*_body` columns hold msgpack of the value named, so that a new field of a
value needs no migration.  Times are ISO 8601 text in UTC: they sort as they are.
"""
from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text, false

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"})

Serial = BigInteger().with_variant(Integer(), "sqlite")
Path = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in plain character order, whatever the locale of the database."""

heads = Table(
    "heads", metadata,
    Column("name", String(32), primary_key=True),           # change_seq, custody_seq, custody_digest, arrival
    Column("value", Text, nullable=False))

runs = Table(
    "runs", metadata,
    Column("run_id", String(32), primary_key=True),
    Column("source", Text, nullable=False), Column("custodian", Text, nullable=False), Column("client_given", Text, nullable=False),
    Column("actor", Text, nullable=False), Column("owner", Text, nullable=False), Column("paths", Text, nullable=False),
    Column("started_at", String(40), nullable=False), Column("ended_at", String(40)),
    Column("status", String(16), nullable=False), Column("met", Integer))

met = Table(
    "met", metadata,
    Column("run_id", String(32), primary_key=True), Column("record_id", String(20), primary_key=True, index=True),
    Column("result", String(16), nullable=False))

troubles = Table(                                             # met, and no bytes could be had
    "troubles", metadata,
    Column("trouble_id", Serial, primary_key=True, autoincrement=True),
    Column("run_id", String(32), nullable=False, index=True), Column("root_id", String(20), index=True),
    Column("path", Text, nullable=False), Column("inner", Text),
    Column("result", String(16), nullable=False), Column("code", String(16), nullable=False), Column("reason", Text, nullable=False),
    Column("parent_id", String(20), index=True))             # the item that it lies in; `root_id` is the file that holds both

items = Table(
    "items", metadata,
    Column("record_id", String(20), primary_key=True),
    Column("arrival", BigInteger, nullable=False, unique=True),
    Column("digest", String(64), nullable=False, index=True), Column("size_bytes", BigInteger, nullable=False),
    Column("path", Text, nullable=False), Column("canonical", Text, nullable=False), Column("inner", Text),
    Column("root_id", String(20), nullable=False, index=True), Column("parent_id", String(20), index=True),
    Column("family_id", String(20), nullable=False),
    Column("source", Text, nullable=False), Column("custodian", Text, nullable=False), Column("client_given", Text, nullable=False),
    Column("depth", Integer, nullable=False), Column("ordinal", Integer, nullable=False),
    Column("position", Path, nullable=False),                # ordinals from the file inwards: sorts as the items lie in the file
    Column("declared_mime", Text, nullable=False), Column("modified_at", Text, nullable=False),
    Column("met_at", String(40), nullable=False), Column("run_id", String(32), nullable=False),
    Column("container", Boolean, nullable=False), Column("derived", Boolean, nullable=False, server_default=false()),
    Column("state", String(8), nullable=False),              # pending, read
    Column("claimed_by", Text), Column("claimed_until", String(40)),
    Column("place_start", Path, index=True))                 # PLACE_CHARS of `canonical`, for items that lie in no other
Index("ix_items_state_arrival", items.c.state, items.c.arrival)
PLACE_CHARS = 300
"""More than every prefix that is asked for, and less than any database refuses to index."""

places = Table(
    "places", metadata,
    Column("record_id", String(20), primary_key=True), Column("path", Text, primary_key=True),
    Column("met_at", String(40), nullable=False), Column("run_id", String(32), nullable=False))

outcomes = Table(
    "outcomes", metadata,
    Column("record_id", String(20), primary_key=True), Column("step", String(16), primary_key=True),
    Column("status", String(8), nullable=False), Column("code", String(16), nullable=False), Column("reason", Text, nullable=False),
    Column("at", String(40), nullable=False), Column("run_id", String(32), nullable=False))

texts = Table(
    "texts", metadata,
    Column("text_digest", String(64), primary_key=True), Column("body", LargeBinary, nullable=False))

readings = Table(
    "readings", metadata,
    Column("record_id", String(20), primary_key=True),
    Column("format", String(32), nullable=False), Column("format_basis", String(16), nullable=False), Column("mime", Text, nullable=False),
    Column("text_digest", String(64), nullable=False),
    Column("extracted_body", LargeBinary, nullable=False),   # Extracted without its text
    Column("enriched_body", LargeBinary),                     # Enriched
    Column("said_key", String(16)), Column("said_body", LargeBinary))   # Enriched once more, by what persons said of the item (Said.key)

records = Table(
    "records", metadata,
    Column("record_id", String(20), primary_key=True),
    Column("changed_seq", BigInteger, nullable=False, unique=True),
    Column("family_id", String(20), nullable=False, index=True), Column("thread_id", String(40), index=True),
    Column("copy_key", String(80), nullable=False),
    Column("kind", String(32), nullable=False), Column("record_types", Text, nullable=False), Column("date", String(10)),
    Column("audience", Text, nullable=False, index=True), Column("family_audience", Text, nullable=False),
    Column("privileged", Boolean, nullable=False),
    Column("path", Path, nullable=False), Column("position", Path, nullable=False),
    Column("near_duplicate_of", String(20)),
    Column("text_digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),             # Record
    Column("own_body", LargeBinary, nullable=False),         # relations.Own
    Column("duplicate_of", String(20)),                      # as in the body: the primary of its copies
    Column("doubt", String(8), index=True))                  # why a person should look at its clients: weak, below, several

Index("ix_records_near", records.c.near_duplicate_of)
Index("ix_records_copies", records.c.copy_key, records.c.path, records.c.position)

record_clients = Table(
    "record_clients", metadata,
    Column("client_id", String(200), primary_key=True), Column("record_id", String(20), primary_key=True))
Index("ix_record_clients_record_id", record_clients.c.record_id)

thread_nodes = Table(
    "thread_nodes", metadata,
    Column("message_id", String(64), primary_key=True),      # SHA-256 of the id, since ids have no length limit
    Column("thread_id", String(40), nullable=False, index=True),
    Column("own_record", String(20)))                         # the record that says this of itself, where the name is told by its words

quotes = Table(                                               # mails that others quote, in records of known clients
    "quotes", metadata,
    Column("record_id", String(20), primary_key=True), Column("ordinal", Integer, primary_key=True), Column("node", String(64), primary_key=True),
    Column("state", String(8), nullable=False, index=True), Column("derived_id", String(20)))   # open, held, derived
Index("ix_quotes_node", quotes.c.node)

near_bands = Table(
    "near_bands", metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False), Column("record_id", String(20), primary_key=True))
Index("ix_near_bands_record_id", near_bands.c.record_id)

facts = Table(
    "facts", metadata,
    Column("fact_id", Serial, primary_key=True, autoincrement=True),
    Column("record_id", String(20), nullable=False, index=True), Column("name", String(64), nullable=False, index=True),
    Column("status", String(16), nullable=False), Column("confidence", Float, nullable=False),
    Column("body", LargeBinary, nullable=False))             # Fact

clients = Table(
    "clients", metadata,
    Column("client_id", String(200), primary_key=True), Column("legal_name", Text, nullable=False), Column("body", LargeBinary, nullable=False))

custody = Table(
    "custody", metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False), Column("action", String(32), nullable=False), Column("actor", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True), Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False), Column("digest", String(64), nullable=False))

index_versions = Table(
    "index_versions", metadata,
    Column("version", String(64), primary_key=True), Column("watermark", BigInteger, nullable=False),
    Column("state", String(12)))                              # ready: whole, and kept up to date beside the one in use

index_refusals = Table(                                       # entries that a version did not take
    "index_refusals", metadata,
    Column("version", String(64), primary_key=True), Column("record_id", String(20), primary_key=True),
    Column("reason", Text, nullable=False), Column("at", String(40), nullable=False), Column("tries", Integer, nullable=False))

# What people do with records. Every act is stated in the object store, in order of `seq`, so that a rebuild does it again.
acts = Table(
    "acts", metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False), Column("act_id", String(16), nullable=False),
    Column("body", Text, nullable=False), Column("stored_at", String(40), index=True))

corrections = Table(                                          # a person's word on what was read
    "corrections", metadata,
    Column("correction_id", String(16), primary_key=True), Column("seq", BigInteger, nullable=False),
    Column("record_id", String(20), nullable=False, index=True), Column("about", String(16), nullable=False),
    Column("withdrawn_at", String(40)), Column("body", LargeBinary, nullable=False))             # Correction

proposals = Table(                                            # what a language model proposes: the last answer of each model
    "proposals", metadata,
    Column("record_id", String(20), primary_key=True), Column("model", String(200), primary_key=True),
    Column("seq", BigInteger, nullable=False), Column("at", String(40), nullable=False),
    Column("question", String(64), nullable=False), Column("body", LargeBinary, nullable=False))   # list of FactSaid

changes_of_work = Table(
    "changes_of_work", metadata,
    Column("change_id", String(16), primary_key=True), Column("actor", Text, nullable=False, index=True), Column("at", String(40), nullable=False),
    Column("what", String(16), nullable=False), Column("subject", Text, nullable=False), Column("before", Text, nullable=False),
    Column("undone_at", String(40)))

labels = Table(                                               # tags and notes
    "labels", metadata,
    Column("label_id", Serial, primary_key=True, autoincrement=True), Column("record_id", String(20), nullable=False, index=True),
    Column("kind", String(8), nullable=False), Column("name", Text, nullable=False, index=True), Column("value", Text, nullable=False),
    Column("actor", Text, nullable=False), Column("at", String(40), nullable=False),
    Column("change_id", String(16), nullable=False, index=True), Column("removed_by", String(16), index=True))

saved_searches = Table(
    "saved_searches", metadata,
    Column("saved_id", String(16), primary_key=True), Column("owner", Text, nullable=False, index=True), Column("name", Text, nullable=False),
    Column("shared", Boolean, nullable=False), Column("body", Text, nullable=False),
    Column("created_at", String(40), nullable=False), Column("changed_at", String(40), nullable=False), Column("removed_at", String(40)))

saved_checks = Table(                                         # what each person has seen of a saved search
    "saved_checks", metadata,
    Column("saved_id", String(16), primary_key=True), Column("actor", String(200), primary_key=True),
    Column("checked_at", String(40), nullable=False), Column("seen", LargeBinary, nullable=False))

asked = Table(                                                # one's own searches
    "asked", metadata,
    Column("asked_id", Serial, primary_key=True, autoincrement=True), Column("actor", Text, nullable=False, index=True),
    Column("at", String(40), nullable=False), Column("body", Text, nullable=False), Column("total", BigInteger, nullable=False))

api_keys = Table(
    "api_keys", metadata,
    Column("key_id", String(32), primary_key=True), Column("label", Text, nullable=False),
    Column("secret_sha256", String(64), nullable=False, unique=True), Column("viewer_body", LargeBinary, nullable=False),
    Column("created_at", String(40), nullable=False), Column("expires_at", String(40), nullable=False), Column("revoked_at", String(40)))
