import type Database from 'libsql';

/** A number, a text, a blob (booleans) or a 64-bit integer. */
export type SqlValue = string | number | bigint | Buffer;

const capacity = 256;

/**
 * Prepared statements, the least recently used one dropped. Parameters always travel as a list: the driver takes a lone
 * object, a Buffer too, for named parameters and aborts the process.
 */
export class Statements {
  private readonly cache = new Map<string, Database.Statement>();

  constructor(private readonly db: Database.Database) {}

  run(sql: string, values: readonly SqlValue[]): void {
    this.prepared(sql).run([...values]);
  }

  get<Row>(sql: string, values: readonly SqlValue[]): Row | undefined {
    return this.prepared(sql).get([...values]) as Row | undefined;
  }

  all<Row>(sql: string, values: readonly SqlValue[]): Row[] {
    return this.prepared(sql).all([...values]) as Row[];
  }

  clear(): void {
    this.cache.clear();
  }

  private prepared(sql: string): Database.Statement {
    const statement = this.cache.get(sql) ?? this.db.prepare(sql);
    this.cache.delete(sql);
    this.cache.set(sql, statement);
    if (this.cache.size > capacity) this.cache.delete(this.cache.keys().next().value!);
    return statement;
  }
}
