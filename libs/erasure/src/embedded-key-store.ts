import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type { Subject } from './domain/personal-data';
import type { SubjectKey } from './domain/sealed-part';
import { KeyStore } from './key-store';

const tables = `
  CREATE TABLE IF NOT EXISTS keys (
    key_id TEXT PRIMARY KEY, account_id TEXT NOT NULL, subject TEXT NOT NULL, key BLOB NOT NULL,
    UNIQUE (account_id, subject)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS erased (key_id TEXT PRIMARY KEY) WITHOUT ROWID;
`;
const rememberedKeys = 20_000;

interface Wanted {
  readonly subject: Subject;
  readonly made: (key: SubjectKey) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Keys in `keys.db`, a SQLite file of their own. `secure_delete` overwrites what is deleted, and there is no write-ahead
 * log that could keep it. Keys that are asked for at the same time are made in one transaction. Where several processes
 * share the file nothing is remembered, so that a key which one of them destroyed is gone for all.
 */
export class EmbeddedKeyStore extends KeyStore {
  private readonly remembered = new Map<string, SubjectKey>();
  private wanted: Wanted[] = [];
  private readonly statements;

  private constructor(
    private readonly database: Database.Database,
    private readonly shared: boolean,
  ) {
    super();
    const prepare = (sql: string) => database.prepare(sql).raw();
    this.statements = {
      current: prepare('SELECT key_id, key FROM keys WHERE account_id = ? AND subject = ?'),
      find: prepare('SELECT key_id, key FROM keys WHERE key_id = ?'),
      isErased: prepare('SELECT 1 FROM erased WHERE key_id = ?'),
      insert: database.prepare('INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)'),
      remove: database.prepare('DELETE FROM keys WHERE key_id = ?'),
      erase: database.prepare('INSERT OR IGNORE INTO erased VALUES (?)'),
    };
  }

  static open(directory: string, { shared = false } = {}): EmbeddedKeyStore {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'keys.db');
    const database = new Database(file);
    chmodSync(file, 0o600);
    database.pragma('busy_timeout = 10000');
    database.pragma('journal_mode = DELETE');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.exec(tables);
    return new EmbeddedKeyStore(database, shared);
  }

  async current(subject: Subject): Promise<SubjectKey> {
    const found = this.remembered.get(nameOf(subject)) ?? this.stored(subject);
    if (found) return this.remember(nameOf(subject), found);
    return new Promise((made, failed) => {
      if (this.wanted.push({ subject, made, failed }) === 1) setImmediate(() => this.makeWanted());
    });
  }

  async find(keyId: string): Promise<SubjectKey | 'erased' | undefined> {
    const remembered = this.remembered.get(keyId);
    if (remembered) return remembered;
    const row = this.statements.find.get(keyId) as KeyRow | undefined;
    if (row) return this.remember(keyId, keyOf(row));
    return this.statements.isErased.get(keyId) ? 'erased' : undefined;
  }

  async keysOf(subject: Subject): Promise<string[]> {
    const found = this.stored(subject);
    return found ? [found.keyId] : [];
  }

  async destroy(keyIds: readonly string[]): Promise<void> {
    this.remembered.clear();
    this.database.transaction(() => {
      for (const keyId of keyIds) {
        this.statements.remove.run(keyId);
        this.statements.erase.run(keyId);
      }
    })();
  }

  /** A whole copy in a new file, for a backup: keys that are destroyed later are still in it. */
  backupTo(target: string): void {
    this.database.prepare('VACUUM INTO ?').run(target);
    chmodSync(target, 0o600);
  }

  async close(): Promise<void> {
    this.remembered.clear();
    this.database.close();
  }

  private stored({ accountId, name }: Subject): SubjectKey | undefined {
    const row = this.statements.current.get(accountId, name) as KeyRow | undefined;
    return row && keyOf(row);
  }

  private makeWanted(): void {
    const wanted = this.wanted;
    this.wanted = [];
    const made = new Map<string, SubjectKey>();
    try {
      this.database
        .transaction(() => {
          for (const { subject } of wanted) {
            const name = nameOf(subject);
            if (made.has(name)) continue;
            const key = this.stored(subject) ?? { keyId: randomUUID(), key: randomBytes(32) };
            this.statements.insert.run(key.keyId, subject.accountId, subject.name, key.key);
            made.set(name, key);
          }
        })
        .immediate();
      for (const { subject, made: resolve } of wanted) resolve(made.get(nameOf(subject))!);
    } catch (error) {
      for (const { failed } of wanted) failed(error);
    }
  }

  /** By key id and by subject; all of them go when it is full, which is seldom. */
  private remember(name: string, key: SubjectKey): SubjectKey {
    if (this.shared) return key;
    if (this.remembered.size >= rememberedKeys) this.remembered.clear();
    this.remembered.set(name, key);
    return key;
  }
}

type KeyRow = readonly [keyId: string, key: Uint8Array];

const keyOf = ([keyId, key]: KeyRow): SubjectKey => ({ keyId, key: Buffer.from(key) });
const nameOf = ({ accountId, name }: Subject): string => `${accountId}/${name}`;
