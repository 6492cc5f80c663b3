CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE api_keys (
	key_id VARCHAR(32) NOT NULL, 
	label TEXT NOT NULL, 
	secret_sha256 VARCHAR(64) NOT NULL, 
	viewer_body BLOB NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	expires_at VARCHAR(40) NOT NULL, 
	revoked_at VARCHAR(40), 
	CONSTRAINT pk_api_keys PRIMARY KEY (key_id), 
	CONSTRAINT uq_api_keys_secret_sha256 UNIQUE (secret_sha256)
);
CREATE TABLE clients (
	client_id VARCHAR(200) NOT NULL, 
	legal_name TEXT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_clients PRIMARY KEY (client_id)
);
CREATE TABLE custody (
	seq BIGINT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	actor TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	details TEXT NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_custody PRIMARY KEY (seq)
);
CREATE INDEX ix_custody_subject ON custody (subject);
CREATE TABLE facts (
	fact_id INTEGER NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	confidence FLOAT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_facts PRIMARY KEY (fact_id)
);
CREATE INDEX ix_facts_name ON facts (name);
CREATE INDEX ix_facts_record_id ON facts (record_id);
CREATE TABLE heads (
	name VARCHAR(32) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_heads PRIMARY KEY (name)
);
CREATE TABLE index_versions (
	version VARCHAR(64) NOT NULL, 
	watermark BIGINT NOT NULL, state VARCHAR(12), 
	CONSTRAINT pk_index_versions PRIMARY KEY (version)
);
CREATE TABLE items (
	record_id VARCHAR(20) NOT NULL, 
	arrival BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	path TEXT NOT NULL, 
	canonical TEXT NOT NULL, 
	"inner" TEXT, 
	root_id VARCHAR(20) NOT NULL, 
	parent_id VARCHAR(20), 
	family_id VARCHAR(20) NOT NULL, 
	source TEXT NOT NULL, 
	custodian TEXT NOT NULL, 
	client_given TEXT NOT NULL, 
	depth INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	position TEXT NOT NULL, 
	declared_mime TEXT NOT NULL, 
	modified_at TEXT NOT NULL, 
	met_at VARCHAR(40) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	container BOOLEAN NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	claimed_by TEXT, 
	claimed_until VARCHAR(40), place_start TEXT, derived BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_items PRIMARY KEY (record_id), 
	CONSTRAINT uq_items_arrival UNIQUE (arrival)
);
CREATE INDEX ix_items_digest ON items (digest);
CREATE INDEX ix_items_parent_id ON items (parent_id);
CREATE INDEX ix_items_root_id ON items (root_id);
CREATE INDEX ix_items_state_arrival ON items (state, arrival);
CREATE TABLE met (
	run_id VARCHAR(32) NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	result VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_met PRIMARY KEY (run_id, record_id)
);
CREATE TABLE outcomes (
	record_id VARCHAR(20) NOT NULL, 
	step VARCHAR(16) NOT NULL, 
	status VARCHAR(8) NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_outcomes PRIMARY KEY (record_id, step)
);
CREATE TABLE places (
	record_id VARCHAR(20) NOT NULL, 
	path TEXT NOT NULL, 
	met_at VARCHAR(40) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_places PRIMARY KEY (record_id, path)
);
CREATE TABLE readings (
	record_id VARCHAR(20) NOT NULL, 
	format VARCHAR(32) NOT NULL, 
	format_basis VARCHAR(16) NOT NULL, 
	mime TEXT NOT NULL, 
	text_digest VARCHAR(64) NOT NULL, 
	extracted_body BLOB NOT NULL, 
	enriched_body BLOB, said_key VARCHAR(16), said_body BLOB, 
	CONSTRAINT pk_readings PRIMARY KEY (record_id)
);
CREATE TABLE record_clients (
	client_id VARCHAR(200) NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_record_clients PRIMARY KEY (client_id, record_id)
);
CREATE INDEX ix_record_clients_record_id ON record_clients (record_id);
CREATE TABLE records (
	record_id VARCHAR(20) NOT NULL, 
	changed_seq BIGINT NOT NULL, 
	family_id VARCHAR(20) NOT NULL, 
	thread_id VARCHAR(40), 
	copy_key VARCHAR(80) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	record_types TEXT NOT NULL, 
	date VARCHAR(10), 
	audience TEXT NOT NULL, 
	family_audience TEXT NOT NULL, 
	privileged BOOLEAN NOT NULL, 
	path TEXT NOT NULL, 
	position TEXT NOT NULL, 
	text_digest VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	own_body BLOB NOT NULL, duplicate_of VARCHAR(20), near_duplicate_of VARCHAR(20), doubt VARCHAR(8), 
	CONSTRAINT pk_records PRIMARY KEY (record_id), 
	CONSTRAINT uq_records_changed_seq UNIQUE (changed_seq)
);
CREATE INDEX ix_records_audience ON records (audience);
CREATE INDEX ix_records_copies ON records (copy_key, path, position);
CREATE INDEX ix_records_family_id ON records (family_id);
CREATE INDEX ix_records_thread_id ON records (thread_id);
CREATE TABLE runs (
	run_id VARCHAR(32) NOT NULL, 
	source TEXT NOT NULL, 
	custodian TEXT NOT NULL, 
	client_given TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	paths TEXT NOT NULL, 
	started_at VARCHAR(40) NOT NULL, 
	ended_at VARCHAR(40), 
	status VARCHAR(16) NOT NULL, 
	met INTEGER, 
	CONSTRAINT pk_runs PRIMARY KEY (run_id)
);
CREATE TABLE texts (
	text_digest VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_texts PRIMARY KEY (text_digest)
);
CREATE TABLE thread_nodes (
	message_id VARCHAR(64) NOT NULL, 
	thread_id VARCHAR(40) NOT NULL, own_record VARCHAR(20), 
	CONSTRAINT pk_thread_nodes PRIMARY KEY (message_id)
);
CREATE INDEX ix_thread_nodes_thread_id ON thread_nodes (thread_id);
CREATE TABLE troubles (
	trouble_id INTEGER NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	root_id VARCHAR(20), 
	path TEXT NOT NULL, 
	"inner" TEXT, 
	result VARCHAR(16) NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	reason TEXT NOT NULL, parent_id VARCHAR(20), 
	CONSTRAINT pk_troubles PRIMARY KEY (trouble_id)
);
CREATE INDEX ix_troubles_root_id ON troubles (root_id);
CREATE INDEX ix_troubles_run_id ON troubles (run_id);
CREATE INDEX ix_items_place_start ON items (place_start);
CREATE INDEX ix_troubles_parent_id ON troubles (parent_id);
CREATE INDEX ix_met_record_id ON met (record_id);
CREATE TABLE near_bands (
	band BIGINT NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_near_bands PRIMARY KEY (band, record_id)
);
CREATE INDEX ix_near_bands_record_id ON near_bands (record_id);
CREATE INDEX ix_records_near ON records (near_duplicate_of);
CREATE TABLE changes_of_work (
	change_id VARCHAR(16) NOT NULL, 
	actor TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	subject TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	undone_at VARCHAR(40), 
	CONSTRAINT pk_changes_of_work PRIMARY KEY (change_id)
);
CREATE INDEX ix_changes_of_work_actor ON changes_of_work (actor);
CREATE TABLE labels (
	label_id INTEGER NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	change_id VARCHAR(16) NOT NULL, 
	removed_by VARCHAR(16), 
	CONSTRAINT pk_labels PRIMARY KEY (label_id)
);
CREATE INDEX ix_labels_record_id ON labels (record_id);
CREATE INDEX ix_labels_name ON labels (name);
CREATE INDEX ix_labels_change_id ON labels (change_id);
CREATE INDEX ix_labels_removed_by ON labels (removed_by);
CREATE TABLE saved_searches (
	saved_id VARCHAR(16) NOT NULL, 
	owner TEXT NOT NULL, 
	name TEXT NOT NULL, 
	shared BOOLEAN NOT NULL, 
	body TEXT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	changed_at VARCHAR(40) NOT NULL, 
	removed_at VARCHAR(40), 
	CONSTRAINT pk_saved_searches PRIMARY KEY (saved_id)
);
CREATE INDEX ix_saved_searches_owner ON saved_searches (owner);
CREATE TABLE saved_checks (
	saved_id VARCHAR(16) NOT NULL, 
	actor VARCHAR(200) NOT NULL, 
	checked_at VARCHAR(40) NOT NULL, 
	seen BLOB NOT NULL, 
	CONSTRAINT pk_saved_checks PRIMARY KEY (saved_id, actor)
);
CREATE TABLE asked (
	asked_id INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	body TEXT NOT NULL, 
	total BIGINT NOT NULL, 
	CONSTRAINT pk_asked PRIMARY KEY (asked_id)
);
CREATE INDEX ix_asked_actor ON asked (actor);
CREATE TABLE index_refusals (
	version VARCHAR(64) NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	reason TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	tries INTEGER NOT NULL, 
	CONSTRAINT pk_index_refusals PRIMARY KEY (version, record_id)
);
CREATE TABLE quotes (
	record_id VARCHAR(20) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	node VARCHAR(64) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	derived_id VARCHAR(20), 
	CONSTRAINT pk_quotes PRIMARY KEY (record_id, ordinal, node)
);
CREATE INDEX ix_quotes_state ON quotes (state);
CREATE INDEX ix_quotes_node ON quotes (node);
CREATE TABLE acts (
	seq BIGINT NOT NULL, 
	act_id VARCHAR(16) NOT NULL, 
	body TEXT NOT NULL, 
	stored_at VARCHAR(40), 
	CONSTRAINT pk_acts PRIMARY KEY (seq)
);
CREATE INDEX ix_acts_stored_at ON acts (stored_at);
CREATE TABLE corrections (
	correction_id VARCHAR(16) NOT NULL, 
	seq BIGINT NOT NULL, 
	record_id VARCHAR(20) NOT NULL, 
	about VARCHAR(16) NOT NULL, 
	withdrawn_at VARCHAR(40), 
	body BLOB NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY (correction_id)
);
CREATE INDEX ix_corrections_record_id ON corrections (record_id);
CREATE INDEX ix_records_doubt ON records (doubt);
CREATE TABLE proposals (
	record_id VARCHAR(20) NOT NULL, 
	model VARCHAR(200) NOT NULL, 
	seq BIGINT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	question VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_proposals PRIMARY KEY (record_id, model)
);
CREATE TRIGGER custody_no_update BEFORE UPDATE ON custody BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
CREATE TRIGGER custody_no_delete BEFORE DELETE ON custody BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
INSERT INTO heads VALUES ('arrival', '0');
INSERT INTO heads VALUES ('change_seq', '0');
INSERT INTO heads VALUES ('custody_digest', '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO heads VALUES ('custody_seq', '0');
INSERT INTO heads VALUES ('work_seq', '0');
INSERT INTO heads VALUES ('writer', '');
INSERT INTO alembic_version VALUES ('0008');
